import path from 'node:path';
import { ruleById } from '../batch/rules';
import { counted } from '../batch/wording';
import { fixFile } from '../files/fix-file';
import { fixedPathFor, idsPathFor } from '../runs/results-path';
import { Failure } from './exit';
import { type JudgingFlags, onlyOne } from './flags';
import { judgementOf } from './judge';
import { freeOutput } from './results';
import type { Terminal } from './terminal';

/** Writes a copy of the one file with the findings of the named rules mended, and says what was done. Returns its path. */
export async function fixedCopy(
  files: readonly string[],
  rules: readonly string[],
  output: string | undefined,
  flags: JudgingFlags,
  terminal: Terminal,
): Promise<string> {
  const file = onlyOne(files, 'with --fix one batch file');
  if (file === '-') throw new Failure('--fix takes a file, not stdin: its copy is written beside it.');
  const source = path.resolve(terminal.cwd, file);
  const target = (await freeOutput(output, terminal.cwd)) ?? (await fixedPathFor(source));
  const { context } = await judgementOf(file, flags, terminal);
  const idsTarget = await idsPathFor(source, path.dirname(target));
  const options = { context, rules: rulesNamed(rules), idsTarget, signal: terminal.signal };
  const { changed, renamed } = await fixFile(source, target, options).catch((error: Error) => {
    if (terminal.signal.aborted) throw error;
    throw new Failure(`${file} cannot be fixed: ${error.message}`);
  });
  const ids = renamed.length > 0 ? `; ${counted(renamed.length, 'custom_id')} renamed, see ${idsTarget}` : '';
  terminal.say(`${target}: ${counted(changed, 'line')} changed${ids}.`);
  return target;
}

/** `--fix a,b --fix c` */
function rulesNamed(flags: readonly string[]): ReadonlySet<string> {
  const names = flags.flatMap((flag) => flag.split(',')).map((name) => name.trim());
  const unknown = names.find((name) => !ruleById.has(name));
  if (unknown !== undefined)
    throw new Failure(`There is no rule "${unknown}"; the names stand in brackets after each problem.`);
  return new Set(names);
}
