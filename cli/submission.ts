import path from 'node:path';
import { SHOWN_PROBLEMS } from '../batch/problems';
import { costPhrase, counted, size } from '../batch/wording';
import type { Run } from '../runs/run';
import { isRunError, type RunError } from '../runs/run-error';
import { loadRuns } from './bundles';
import { type Destination, destinationPhrase } from './destination';
import { earlierRun, settle } from './earlier-run';
import { EXIT, Failure } from './exit';
import { judgingOf, numberOf } from './flags';
import { isJudged } from './formats/report';
import { countsPhrase, text } from './formats/text';
import { type Judged, judge } from './judge';
import { freeOutput } from './results';
import { sentOf } from './run-words';
import type { Session } from './session';
import { NOTHING_SENT, type Terminal } from './terminal';

/** What `submit` and `run` are told. */
export interface SubmissionFlags {
  readonly 'api-version'?: string;
  readonly beta?: string[];
  readonly 'max-cost'?: string;
  /** Where the results go, instead of beside the file. */
  readonly output?: string;
  /** The batch that an undecided submission made. */
  readonly adopt?: string;
  /** Send an undecided submission again. */
  readonly resend?: boolean;
  /** Send what could cost more than is allowed. */
  readonly 'over-budget'?: boolean;
  readonly 'state-dir'?: string;
  readonly 'base-url'?: string;
  /** Buy once more what was answered before. */
  readonly again?: boolean;
  /** Seconds to look for the batch of an undecided submission. */
  readonly settle?: string;
}

/** One file on its way to the API. */
export interface Submission {
  /** As it was given. */
  readonly file: string;
  /** Absolute. */
  readonly source: string;
  readonly judged: Judged;
  readonly destination: Destination;
  readonly flags: SubmissionFlags;
  readonly session: Session;
  readonly terminal: Terminal;
}

export interface Submitted {
  readonly run: Run;
  /** This command sent it. */
  readonly isNew: boolean;
  readonly submission: Submission;
}

/**
 * Submits a file once: where the same requests were submitted before, that run is the answer, however often it is asked
 * for, unless they are to be bought again. Throws a `Failure` where nothing may be sent or a person must decide, and
 * `RunError`.
 */
export async function submitOnce(
  file: string,
  flags: SubmissionFlags,
  session: Session,
  terminal: Terminal,
): Promise<Submitted> {
  const judged = await judgedForSubmission(file, flags, terminal);
  const source = path.resolve(terminal.cwd, file);
  const submission = { file, source, judged, destination: session.destination(), flags, session, terminal };
  const lock = await session.journal.lock(`submit-${judged.check.sha256}`);
  if (!lock) throw new Failure(`Another process is submitting ${file} right now.`);
  try {
    const earlier = await earlierRun(submission);
    if (earlier) return { run: earlier, isNew: false, submission };
    throwUnlessFit(judged, flags);
    return { run: await send(submission), isNew: true, submission };
  } finally {
    await lock.release();
  }
}

async function judgedForSubmission(file: string, flags: SubmissionFlags, terminal: Terminal): Promise<Judged> {
  if (file === '-') throw new Failure('Only a file can be submitted: its results and a retry need a place beside it.');
  const maxCost = numberOf('max-cost', flags['max-cost']);
  const options = { flags: judgingOf(flags), limit: SHOWN_PROBLEMS, maxCost, hashed: true };
  const judged = await judge(file, options, terminal);
  if (!isJudged(judged)) throw new Failure(`${file}: ${judged.error}`);
  const { kind, problems } = judged.check;
  if (kind === 'results') throw new Failure(`${file} holds results, not requests.`);
  if (kind === 'none') throw new Failure(`${file} is no batch file: a line of one is {"custom_id": …, "params": {…}}.`);
  if (problems.length > 0) terminal.say(text({ files: [judged] }).trimEnd());
  return judged;
}

function throwUnlessFit({ path: file, check, judgement, tooExpensive }: Judged, flags: SubmissionFlags): void {
  const { faults, judgedBy } = judgement;
  // What was not understood may have been the most that it may cost.
  if (faults.length > 0) throw new Failure(`Mend ${judgedBy.settings} first: a part of it was not understood.`);
  if (check.counts.error > 0) throw new Failure(`${file} has ${countsPhrase(check)}.`, EXIT.findings);
  if (tooExpensive && !flags['over-budget'])
    throw new Failure(`${tooExpensive} --over-budget sends it all the same.`, EXIT.findings);
  if (check.requests === 0) throw new Failure(`${file} has no requests.`, EXIT.findings);
}

async function send(submission: Submission): Promise<Run> {
  const { source, judged, destination, flags, session, terminal } = submission;
  const { check, judgement } = judged;
  const { sandbox, key } = destination;
  const resultsPath = await freeOutput(flags.output, terminal.cwd);
  const again = flags.again ?? false;
  const draft = { source, sandbox, key, resultsFolder: judgement.resultsFolder, resultsPath, again };
  const api = session.apiFor(check.judgedBy);
  sayWhatIsSent(submission);
  const onProgress = (sent: number, all: number) => terminal.progress(`Sent ${size(sent)} of ${size(all)}`);
  const onWaiting = ({ message }: RunError, ms: number) =>
    terminal.say(`${message} Nothing was bought; trying again${ms >= 1000 ? ` in ${Math.round(ms / 1000)} s` : ''}.`);
  terminal.sent = { sent: 'unknown', words: 'It is not known whether a batch was sent: "status" tells more.' };
  const { run, error } = await loadRuns()
    .submitRun({
      draft,
      check,
      models: judgement.context.models,
      api,
      journal: session.journal,
      onProgress,
      onWaiting,
      signal: terminal.signal,
    })
    .catch((problem: unknown) => {
      // It throws before anything is sent.
      if (isRunError(problem)) terminal.sent = NOTHING_SENT;
      throw problem;
    });
  terminal.sent = sentOf(run, true);
  if (!error) return run;
  if (run.state !== 'uncertain') throw error;
  return settle(run, submission);
}

function sayWhatIsSent({ judged: { check }, destination, terminal }: Submission): void {
  const cost = check.estimate.usd ? costPhrase(check.estimate.usd) : 'no price is known';
  const what = `${counted(check.requests, 'request')}, ${size(check.bytes)}`;
  terminal.say(`Sending ${what}, to ${destinationPhrase(destination)}.`);
  terminal.say(`${destination.sandbox ? 'Would cost' : 'Cost'}: ${cost}.`);
}
