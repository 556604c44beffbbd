import { counted } from '../../../batch/wording';
import type { CountOutcome, CountPlan } from '../../../runs/calibrate';
import { calibrationPhrase, leftOutPhrase, planPhrase } from '../../../runs/calibration-words';
import { type DestinationFacts, destinationPhrase } from './destination';
import type { Question } from './submit';

export const COUNT = 'Count Tokens';

/** What is asked before anything of a file is sent to be counted. */
export function calibrationQuestion(name: string, plan: CountPlan, destination: DestinationFacts): Question {
  const detail = [
    `${planPhrase(plan)}: one call each, to have the input counted. Nothing is answered, and it costs nothing.`,
    destinationPhrase(destination),
    leftOutPhrase(plan),
    'What that says of the estimate stays on this machine, for this file and its models.',
  ];
  return {
    message: `Send ${counted(plan.prompts.length, 'request')} of ${name} to have the tokens counted?`,
    detail: detail.filter((line) => line !== null).join('\n'),
    buttons: [COUNT],
  };
}

/** What was measured, by model. */
export function calibrationMessage(name: string, { calibrations, refusals }: CountOutcome): string {
  const measured = Object.entries(calibrations).map(([model, one]) => calibrationPhrase(model, one));
  const refused = refusals.map((said) => `Not counted: ${said}`);
  return [`${name} · ${measured.length > 0 ? `${measured.join(' · ')}.` : 'Nothing was counted.'}`, ...refused].join(
    ' ',
  );
}
