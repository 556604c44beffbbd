import path from 'node:path';
import type { LineAnalysis } from '../batch/analysis';
import { Sampling } from '../batch/cost/count-sample';
import { textsAt } from '../files/texts-at';
import { countOutcome, countPlan } from '../runs/calibrate';
import { calibrationPhrase, leftOutPhrase, planPhrase } from '../runs/calibration-words';
import { keepCalibrations } from '../runs/calibrations';
import { destinationPhrase } from './destination';
import { Failure } from './exit';
import type { JudgingFlags } from './flags';
import { isJudged } from './formats/report';
import { judge, judgementOf } from './judge';
import { openSession, type SessionFlags } from './session';
import { stateFolder } from './state-folder';
import type { Terminal } from './terminal';

/**
 * Has requests that stand for a file counted by the API, and keeps what that says for this file and its models. What is
 * sent is said before. Throws `Failure` and `RunError`.
 */
export async function calibrate(
  file: string,
  flags: SessionFlags,
  judging: JudgingFlags,
  terminal: Terminal,
): Promise<void> {
  if (file === '-') throw new Failure('Only a file can be calibrated: what is learned is kept for its path.');
  const session = await openSession(flags, terminal);
  const destination = session.destination();
  const { context, judgedBy } = await judgementOf(file, judging, terminal);
  const sampling = new Sampling();
  const onLine = (line: number, analysis: LineAnalysis): void => {
    const model = analysis.kind === 'request' ? context.models.find(analysis.facts.model) : undefined;
    if (model && analysis.kind === 'request') sampling.add(line, model.id, analysis.facts);
  };
  const judged = await judge(file, { flags: judging, limit: 1, onLine }, terminal);
  if (!isJudged(judged)) throw new Failure(`${file}: ${judged.error}`);
  const source = path.resolve(terminal.cwd, file);
  const samples = sampling.choose();
  const texts = await textsAt(
    source,
    samples.flatMap(({ lines }) => lines),
    { signal: terminal.signal },
  );
  const plan = countPlan(samples, texts, context.models);
  const leftOut = leftOutPhrase(plan);
  if (leftOut) terminal.say(leftOut);
  if (plan.prompts.length === 0) throw new Failure(`${file} has no request that can be counted.`);
  terminal.say(
    `Sending ${planPhrase(plan)} to ${destinationPhrase(destination)}, to have the tokens counted, at no cost.`,
  );
  terminal.sent = { sent: false, words: 'No batch was sent.' };
  const { calibrations, refusals } = await countOutcome(plan, session.apiFor(judgedBy), {
    signal: terminal.signal,
    onProgress: (done, all) => terminal.progress(`Counted ${done} of ${all}`),
    onWaiting: ({ message }, ms) => terminal.say(`${message} Going on in ${Math.ceil(ms / 1000)} s.`),
  });
  for (const refusal of refusals) terminal.say(`Not counted: ${refusal}`);
  const { sandbox } = destination;
  await keepCalibrations(stateFolder(flags['state-dir'], terminal), { source, sandbox, models: calibrations });
  for (const [model, calibration] of Object.entries(calibrations))
    terminal.say(`${calibrationPhrase(model, calibration)}.`);
}
