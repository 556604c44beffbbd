import type { Calibration } from '../batch/cost/calibration';
import { counted, percent, size } from '../batch/wording';
import type { CountPlan } from './calibrate';

/** `20 requests, 1.2 MB` */
export function planPhrase({ prompts }: CountPlan): string {
  return `${counted(prompts.length, 'request')}, ${size(bytesOf(prompts))}`;
}

/** What was chosen and will not be sent, as a sentence; null where all of it will be. */
export function leftOutPhrase({ leftOut }: CountPlan): string | null {
  if (leftOut === 0) return null;
  const are = leftOut === 1 ? 'is' : 'are';
  return `${counted(leftOut, 'more request')} ${are} left out: pictures and documents that are not in the request cannot be counted.`;
}

/** `claude-haiku-4-5-20251001: estimated 3.2 % too low by 20 counted requests; …` */
export function calibrationPhrase(model: string, { error, below, above, requests }: Calibration): string {
  const was =
    Math.abs(error) < 0.0005
      ? 'estimated right'
      : `estimated ${percent(Math.abs(error))} too ${error < 0 ? 'low' : 'high'}`;
  return `${model}: ${was} by ${counted(requests, 'counted request')}; from now on within −${percent(below)} and +${percent(above)}`;
}

function bytesOf(prompts: CountPlan['prompts']): number {
  return prompts.reduce((sum, { body }) => sum + body.length, 0);
}
