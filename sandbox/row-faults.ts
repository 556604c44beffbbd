import type { RowFault, RowOutcome, SandboxOptions } from './options';
import { fractionOf } from './seed';

/** Stop reasons of answers that are not whole. */
const STOP_REASONS = ['max_tokens', 'refusal', 'model_context_window_exceeded', 'pause_turn'] as const;
export type UnwholeStop = (typeof STOP_REASONS)[number];

export function isUnwholeStop(outcome: RowOutcome): outcome is UnwholeStop {
  return STOP_REASONS.some((reason) => reason === outcome);
}

/** How requests of a sandbox's n-th batch (1-based) end that do not end as their content deserves, by `custom_id`. */
export function exceptionsOf(
  { rows = {}, rowFaults = [], seed = '' }: SandboxOptions,
  batch: number,
): (customId: string) => RowOutcome | undefined {
  return (customId) => {
    if (Object.hasOwn(rows, customId)) return rows[customId];
    let left = fractionOf(`${seed} ${batch} ${customId}`);
    for (const { share, outcome } of rowFaults) {
      if (left < share) return outcome;
      left -= share;
    }
    return undefined;
  };
}

/** Reads `2% expired`, `1% max_tokens` or `0.5% overloaded_error Overloaded`. Throws for what is none of these. */
export function parseRowFault(text: string): RowFault {
  const [, percent, name = '', message] = /^([\d.]+)% (\w+)(?: (.+))?$/s.exec(text) ?? [];
  const share = Number(percent) / 100;
  const outcome = message === undefined ? bareOutcome(name) : { type: name, message };
  if (!outcome || !(share >= 0 && share <= 1))
    throw new Error(`--row takes "2% expired" or "1% overloaded_error Overloaded", not "${text}".`);
  return { share, outcome };
}

function bareOutcome(name: string): RowOutcome | undefined {
  return (['expired', 'canceled', ...STOP_REASONS] as const).find((outcome) => outcome === name);
}
