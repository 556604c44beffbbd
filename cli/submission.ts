import path from 'node:path';
import { SHOWN_PROBLEMS } from '../batch/problems';
import { type BatchLimits, isOver } from '../batch/split';
import { costPhrase, count, counted, size } from '../batch/wording';
import { allBut } from '../files/line-selection';
import { copyLines } from '../files/rewrite';
import { systemClock } from '../runs/clock';
import type { Lock } from '../runs/lock';
import { requestsSent } from '../runs/parts';
import { leftOutPathFor } from '../runs/results-path';
import type { Run } from '../runs/run';
import { isRunError, type RunError } from '../runs/run-error';
import type { SendOptions, Submission as SubmissionOutcome } from '../runs/send';
import { loadRuns } from './bundles';
import { type Destination, destinationPhrase } from './destination';
import { earlierRun, settle } from './earlier-run';
import { EXIT, Failure } from './exit';
import { judgingOf, numberOf, splitAtOf } from './flags';
import { isJudged } from './formats/report';
import { countsPhrase, text } from './formats/text';
import { type Judged, type JudgeOptions, judge } from './judge';
import { freeOutput } from './results';
import { sentOf } from './run-words';
import type { Session } from './session';
import type { Terminal } from './terminal';

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
  /** Leave the requests with errors out. */
  readonly 'skip-invalid'?: boolean;
  /** Send requests with errors, too. */
  readonly 'allow-errors'?: boolean;
  /** The most that one batch is to hold: requests or bytes. */
  readonly 'split-at'?: string;
}

/** One file on its way to the API. */
export interface Submission {
  /** As it was given. */
  readonly file: string;
  /** Absolute. */
  readonly source: string;
  /** Of the lines that are sent. */
  readonly judged: Judged;
  /** 0-based numbers of the lines that are not, because of their errors. */
  readonly leftOut: readonly number[];
  /** What is more goes over as several batches. */
  readonly splitAt: BatchLimits;
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
  // What is not understood of the flags is said before anything is sent.
  numberOf('settle', flags.settle);
  const splitAt = splitAtOf(flags['split-at']);
  const { judged, leftOut } = await judgedForSubmission(file, flags, terminal);
  const source = path.resolve(terminal.cwd, file);
  const destination = session.destination();
  const submission = {
    file,
    source,
    judged,
    leftOut,
    splitAt: splitAt ?? judged.judgement.splitAt,
    destination,
    flags,
    session,
    terminal,
  };
  const lock = await turnToSubmit(submission);
  try {
    let run = await earlierRun(submission);
    if (run && run.state !== 'partial') return { run, isNew: false, submission };
    if (!run) throwUnlessFit(judged, flags);
    run ??= await send(submission);
    while (run.state === 'partial') run = await sendTheRest(run, submission);
    return { run, isNew: true, submission };
  } finally {
    await lock.release();
  }
}

/** Who sends the same requests right now is waited for: their run is the one to go on with. Throws `RunError` `canceled`. */
async function turnToSubmit({ file, judged, session, terminal }: Submission): Promise<Lock> {
  const name = `submit-${judged.check.sha256}`;
  let lock = await session.journal.lock(name);
  if (!lock) terminal.say(`Another process is submitting ${file} right now: waiting for it.`);
  while (!lock) {
    await systemClock.sleep(LOOK_AGAIN_MS, terminal.signal);
    lock = await session.journal.lock(name);
  }
  return lock;
}

const LOOK_AGAIN_MS = 200;

async function judgedForSubmission(
  file: string,
  flags: SubmissionFlags,
  terminal: Terminal,
): Promise<Pick<Submission, 'judged' | 'leftOut'>> {
  if (file === '-') throw new Failure('Only a file can be submitted: its results and a retry need a place beside it.');
  if (flags['skip-invalid'] && flags['allow-errors'])
    throw new Failure('--skip-invalid leaves out what --allow-errors would send: give one of them.');
  const maxCost = numberOf('max-cost', flags['max-cost']);
  const options = { flags: judgingOf(flags), limit: SHOWN_PROBLEMS, maxCost, hashed: true };
  const judged = await readable(file, options, terminal);
  const { kind, problems, refusedLines } = judged.check;
  if (kind === 'results') throw new Failure(`${file} holds results, not requests.`);
  if (kind === 'none') throw new Failure(`${file} is no batch file: a line of one is {"custom_id": …, "params": {…}}.`);
  if (problems.length > 0) terminal.say(text({ files: [judged] }).trimEnd());
  if (!flags['skip-invalid'] || refusedLines.length === 0) return { judged, leftOut: [] };
  terminal.say(`Left out: ${counted(refusedLines.length, 'request')} of ${count(judged.check.requests)}.`);
  return { judged: await readable(file, { ...options, lines: allBut(refusedLines) }, terminal), leftOut: refusedLines };
}

async function readable(file: string, options: JudgeOptions, terminal: Terminal): Promise<Judged> {
  const judged = await judge(file, options, terminal);
  if (!isJudged(judged)) throw new Failure(`${file}: ${judged.error}`);
  return judged;
}

function throwUnlessFit({ path: file, check, judgement, tooExpensive }: Judged, flags: SubmissionFlags): void {
  const { faults, judgedBy } = judgement;
  // What was not understood may have been the most that it may cost.
  if (faults.length > 0) throw new Failure(`Mend ${judgedBy.settings} first: a part of it was not understood.`);
  // What is only too much is sent as several batches.
  if (check.counts.error > check.sizeErrors && !flags['allow-errors'])
    throw new Failure(`${file} has ${countsPhrase(check)}. ${ALL_THE_SAME}`, EXIT.findings);
  if (tooExpensive && !flags['over-budget'])
    throw new Failure(`${tooExpensive} --over-budget sends it all the same.`, EXIT.findings);
  if (check.requests === 0) throw new Failure(`${file} has no requests.`, EXIT.findings);
}

const ALL_THE_SAME = '--skip-invalid sends the other requests, --allow-errors all of them.';

async function send(submission: Submission): Promise<Run> {
  const { source, judged, leftOut, splitAt, destination, flags, session, terminal } = submission;
  const { check, judgement } = judged;
  const { sandbox, key } = destination;
  const resultsPath = await freeOutput(flags.output, terminal.cwd);
  const again = flags.again ?? false;
  const lines = leftOut.length > 0 ? allBut(leftOut) : undefined;
  const draft = { source, sandbox, key, resultsFolder: judgement.resultsFolder, resultsPath, again, lines };
  const api = session.apiFor(check.judgedBy);
  sayWhatIsSent(submission);
  const { models } = judgement.context;
  const run = await decided(submission, (options) =>
    loadRuns().submitRun({ ...options, draft, check, models, api, splitAt }),
  );
  if (leftOut.length > 0) await writeLeftOut(submission);
  return run;
}

/** The requests with errors go to a file of their own, to be mended and sent. */
async function writeLeftOut({ source, leftOut, terminal }: Submission): Promise<void> {
  const target = await leftOutPathFor(source);
  const refused = new Set(leftOut);
  await copyLines(source, target, (line) => refused.has(line));
  terminal.say(`${counted(leftOut.length, 'request')} with errors: ${target}`);
}

/** The batches of a run of which some were made. */
async function sendTheRest(run: Run, submission: Submission): Promise<Run> {
  const { session, terminal } = submission;
  const left = count(run.requests - requestsSent(run));
  terminal.say(`Sending the other ${left} of ${counted(run.requests, 'request')}, to ${destinationPhrase(run)}.`);
  const api = session.apiOf(run);
  return decided(submission, (options) => loadRuns().sendRest(run, { ...options, api }));
}

type Sending = Pick<SendOptions, 'journal' | 'onProgress' | 'onWaiting' | 'signal'>;

/** Sends, and finds out what came of it. Throws a `Failure` and `RunError`. */
async function decided(
  submission: Submission,
  sending: (options: Sending) => Promise<SubmissionOutcome>,
): Promise<Run> {
  const { session, terminal } = submission;
  const before = terminal.sent;
  const onProgress = (sent: number, all: number) => terminal.progress(`Sent ${size(sent)} of ${size(all)}`);
  const onWaiting = ({ message }: RunError, ms: number) =>
    terminal.say(`${message} Nothing was bought; trying again${ms >= 1000 ? ` in ${Math.round(ms / 1000)} s` : ''}.`);
  terminal.sent = { sent: 'unknown', words: 'It is not known whether a batch was sent: "status" tells more.' };
  const options = { journal: session.journal, onProgress, onWaiting, signal: terminal.signal };
  const { run, error } = await sending(options).catch((problem: unknown) => {
    // It throws before anything is sent.
    if (isRunError(problem)) terminal.sent = before;
    throw problem;
  });
  terminal.sent = sentOf(run, true);
  if (!error) return run;
  if (run.state !== 'uncertain') throw error;
  return settle(run, submission);
}

function sayWhatIsSent({ judged: { check }, splitAt, destination, terminal }: Submission): void {
  const cost = check.estimate.usd ? costPhrase(check.estimate.usd) : 'no price is known';
  const several = isOver(check, splitAt) ? ', as several batches of one run' : '';
  const what = `${counted(check.requests, 'request')}, ${size(check.bytes)}${several}`;
  terminal.say(`Sending ${what}, to ${destinationPhrase(destination)}.`);
  terminal.say(`${destination.sandbox ? 'Would cost' : 'Cost'}: ${cost}.`);
}
