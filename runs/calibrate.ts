import { type CalibrationByModel, type Counted, calibrationOf } from '../batch/cost/calibration';
import { countBody } from '../batch/cost/count-body';
import type { ModelSample } from '../batch/cost/count-sample';
import type { ModelTable } from '../batch/cost/models';
import { inputParts } from '../batch/cost/tokens';
import { isObject, type JsonObject } from '../batch/json';
import { MAX_MESSAGES_BODY_BYTES } from '../batch/limits';
import type { BatchesApi } from './batches-api';
import { type CountOptions, countTokens } from './count-tokens';
import { isRunError } from './run-error';

/** A prompt that the API is to count, and what it is estimated at without a calibration. */
export interface Prompt {
  /** The model's id. */
  readonly model: string;
  readonly input: Counted['input'];
  /** JSON. */
  readonly body: Uint8Array;
}

/** What is to be sent, before it is. */
export interface CountPlan {
  readonly samples: readonly ModelSample[];
  readonly prompts: readonly Prompt[];
  /** Requests that were chosen and cannot be counted: pictures behind a URL, or too long. */
  readonly leftOut: number;
}

/** What came of it. */
export interface CountOutcome {
  readonly calibrations: CalibrationByModel;
  /** What the API said of prompts that it did not count, each once. */
  readonly refusals: readonly string[];
}

/** Reads the chosen requests out of the texts of their lines, by 0-based number. */
export function countPlan(
  samples: readonly ModelSample[],
  texts: ReadonlyMap<number, string>,
  models: ModelTable,
): CountPlan {
  const prompts = samples.flatMap(({ model, lines }) =>
    lines.flatMap((line) => promptOf(texts.get(line) ?? '', model, models) ?? []),
  );
  const chosen = samples.reduce((sum, { lines }) => sum + lines.length, 0);
  return { samples, prompts, leftOut: chosen - prompts.length };
}

/** Has them counted. Throws `RunError` for what is no matter of a single prompt; then nothing is known. */
export async function countOutcome(
  { samples, prompts }: CountPlan,
  api: Pick<BatchesApi, 'countTokens'>,
  options: CountOptions,
): Promise<CountOutcome> {
  const bodies = prompts.map(({ body }) => body);
  const counts = await countTokens(bodies, api, options);
  const at = new Date().toISOString();
  const calibrations = samples.flatMap(({ model, of }) => {
    const counted = prompts.flatMap(({ model: its, input }, i): Counted[] => {
      const tokens = counts[i];
      return its === model && typeof tokens === 'number' && tokens > 0 ? [{ input, tokens }] : [];
    });
    const calibration = calibrationOf(counted, of, at);
    return calibration ? [[model, calibration] as const] : [];
  });
  const refusals = counts.flatMap((count) => (isRunError(count) ? [count.message] : []));
  return { calibrations: Object.fromEntries(calibrations), refusals: [...new Set(refusals)] };
}

function promptOf(text: string, model: string, models: ModelTable): Prompt | null {
  const params = paramsOf(text);
  const prompt = params && countBody(params);
  if (!prompt) return null;
  const body = Buffer.from(JSON.stringify(prompt));
  if (body.length > MAX_MESSAGES_BODY_BYTES) return null;
  return { model, input: inputParts(params, models.find(model)), body };
}

function paramsOf(text: string): JsonObject | null {
  try {
    const request = JSON.parse(text);
    return isObject(request) && isObject(request.params) ? request.params : null;
  } catch {
    return null;
  }
}
