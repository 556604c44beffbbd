import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseSplitSize } from '../batch/bulk/split-size';
import { API_VERSIONS, BETA_NAME } from '../batch/context';
import type { BatchLimits } from '../batch/split';
import type { FaceSettings } from '../files/judgement';
import { Failure } from './exit';

/** Flags of every command that judges a file. */
export const JUDGING = {
  'api-version': { type: 'string' },
  beta: { type: 'string', multiple: true },
  'max-cost': { type: 'string' },
  'state-dir': { type: 'string' },
} as const;

/** Flags of every command that calls the API or reads the journal. */
export const CALLING = {
  'base-url': { type: 'string' },
  'state-dir': { type: 'string' },
  format: { type: 'string' },
  'key-header': { type: 'string' },
  header: { type: 'string', multiple: true },
} as const;

/** Flags of the commands that fetch results. */
export const FETCHING = {
  output: { type: 'string', short: 'o' },
  'allow-failed': { type: 'string' },
} as const;

/** Flags of the commands that wait. */
export const POLLING = { 'poll-interval': { type: 'string' } } as const;

/** Flags of the commands that submit. */
export const SUBMITTING = {
  adopt: { type: 'string' },
  resend: { type: 'boolean' },
  again: { type: 'boolean' },
  settle: { type: 'string' },
  'over-budget': { type: 'boolean' },
  'skip-invalid': { type: 'boolean' },
  'allow-errors': { type: 'boolean' },
  'split-at': { type: 'string' },
} as const;

/** Reads a command's arguments. Throws a `Failure` for flags that it does not have. */
export function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence says what is wrong; those after it teach getopt.
    throw new Failure(
      String((error as Error).message)
        .split(/\. |\n/)[0]
        ?.replace(/\.?$/, '.') ?? 'Wrong usage.',
    );
  }
}

/** The only positional argument. `what` names it: `a batch file`. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined) throw new Failure(`This command takes ${what}.`);
  if (more.length > 0)
    throw new Failure(`This command takes ${what}, and there are ${positionals.length}: ${positionals.join(', ')}.`);
  return one;
}

export function someOf(positionals: readonly string[], what: string): readonly string[] {
  if (positionals.length === 0) throw new Failure(`This command takes ${what}.`);
  return positionals;
}

/** A number of at least 0; undefined where the flag is not given. */
export function numberOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Failure(`--${flag} takes a number, not "${text}".`);
  return value;
}

/** What one batch is to hold at most; undefined where the flag is not given. */
export function splitAtOf(text: string | undefined): BatchLimits | undefined {
  if (text === undefined) return undefined;
  const limits = parseSplitSize(text);
  if (!limits) throw new Failure(`--split-at takes a number of requests or a size such as 50MB, not "${text}".`);
  return limits;
}

/** One of the choices; the first where the flag is not given. */
export function choiceOf<Choice extends string>(
  flag: string,
  text: string | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (text === undefined) return choices[0];
  const choice = choices.find((it) => it === text);
  if (choice === undefined) throw new Failure(`--${flag} is one of ${choices.join(', ')}, not "${text}".`);
  return choice;
}

/** What the flags say a file is judged by. */
export interface JudgingFlags extends FaceSettings {
  /** Where what the Models API said is stored, if not at the usual place. */
  readonly stateDir?: string | undefined;
  /** Where it would be sent, if not where the environment says. */
  readonly baseUrl?: string | undefined;
}

export function judgingOf(values: {
  'api-version'?: string;
  beta?: string[];
  'state-dir'?: string;
  'base-url'?: string;
}): JudgingFlags {
  const apiVersion = values['api-version'];
  if (apiVersion !== undefined) choiceOf('api-version', apiVersion, API_VERSIONS);
  for (const beta of values.beta ?? [])
    if (!BETA_NAME.test(beta))
      throw new Failure(`--beta takes the name of a beta, such as "output-300k-2026-03-24", not "${beta}".`);
  return { apiVersion, betas: values.beta, stateDir: values['state-dir'], baseUrl: values['base-url'] };
}
