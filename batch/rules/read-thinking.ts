import type { Model } from '../cost/models';
import { isObject, type JsonObject } from '../json';

/** `thinking.type` as written; undefined where there is none. */
export function thinkingMode(params: JsonObject): string | undefined {
  const type = isObject(params.thinking) ? params.thinking.type : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** Whether the request asks for thinking, in whichever way. */
export function asksForThinking(params: JsonObject): boolean {
  return ['enabled', 'adaptive'].includes(thinkingMode(params) ?? '');
}

/** Whether the model surely does not think: switched off, or off by default and not switched on. */
export function thinkingIsOff(params: JsonObject, model: Model | undefined): boolean {
  const type = thinkingMode(params);
  return type === undefined ? !isObject(params.thinking) && model?.thinking?.default === 'off' : type === 'disabled';
}

/** `output_config.effort` as written; undefined where there is none. */
export function effort(params: JsonObject): string | undefined {
  const level = isObject(params.output_config) ? params.output_config.effort : undefined;
  return typeof level === 'string' ? level : undefined;
}
