import data from '../../schemas/prompt-cache.json';
import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject, valueAt } from '../json';
import { automaticBreakpoint, breakpoints } from '../rules/read-cache';
import { blocksOf } from './input-counts';
import type { Model } from './models';
import type { Range } from './range';
import { GrowingHash } from './text-hash';
import { type InputParts, inputParts, inputTokens, type MoreText } from './tokens';

/** A place where a cache breakpoint may stand, and does where it has a `ttl`. */
export interface PrefixEnd {
  /** Of what bears it: a block, the last tool, or a system prompt that is a string. */
  readonly path: Path;
  readonly ttl: '5m' | '1h' | null;
  /** It has to become a block before it can bear one. */
  readonly isString: boolean;
}

/** What requests of one form have in common. */
export interface PrefixShape {
  /** The model's id, and whether inference is bound to the US, which costs more. */
  readonly model: string;
  readonly inUs: boolean;
  /** Shortest first. */
  readonly ends: readonly PrefixEnd[];
  /** Its `cache_control` marks, wherever they are. */
  readonly marks: number;
  /** Of what is the same in all beginnings that may be one: the model, where it runs. */
  readonly root: number;
  /** Of the settings that change the cache although the texts are the same. */
  readonly settings: number;
}

/** The beginnings of a request that a cache could hold: those of two requests are the same where their keys are. */
export interface CachePrefixes {
  readonly shape: PrefixShape;
  /** By end: a hash of all that is sent up to there. */
  readonly keys: readonly number[];
  /** By end: tokens of all that is sent up to there. */
  readonly tokens: readonly Range[];
  /** The whole request is priced as one above the model's first tier. */
  readonly isLong: boolean;
}

/** The same before the length of the whole request is known. */
export type Beginnings = Omit<CachePrefixes, 'isLong'>;

/** Whether a prompt of so many tokens makes the whole request dearer. */
export function isLongPrompt({ price_above_prompt_tokens: above }: Model, tokens: number): boolean {
  return above !== null && tokens > above.prompt_tokens;
}

/**
 * The beginnings of a request that end with the tools or a block of the system prompt; undefined where it has neither.
 * `inputs` has the input up to the end of the tools, and of each block after them. Never throws, whatever `params` holds.
 */
export function beginningsOf(
  params: JsonObject,
  model: Model,
  inputs: readonly InputParts[],
  rest: RestOfRequest = restOf(params),
): Beginnings | undefined {
  const taking = new TakingApart();
  const ofSystem = settingsOf(params, rest);
  taking.tools(params.tools);
  taking.add(ofSystem);
  taking.system(params.system);
  const { ends } = taking;
  if (ends.length === 0) return undefined;
  const root = new GrowingHash();
  root.addText(`${model.id} ${word(params.inference_geo)}`);
  const settings = new GrowingHash();
  settings.addText(ofSystem);
  return {
    shape: {
      model: model.id,
      inUs: params.inference_geo === 'us' && model.inference_geo,
      ends: ends.map(({ end }) => end),
      marks: rest.marks + marksIn(params.system),
      root: root.value,
      settings: settings.value,
    },
    keys: ends.map(({ hash }) => keyOf(root.value, hash)),
    tokens: ends.map(({ block }) => inputTokens(inputs[block]!)),
  };
}

/** What the rest of a request has to do with how it begins: marks outside of the system prompt, and whether it is to cite. */
export interface RestOfRequest {
  readonly marks: number;
  readonly isCited: boolean;
}

export function restOf(params: JsonObject): RestOfRequest {
  const all = breakpoints(params).length + (automaticBreakpoint(params) ? 1 : 0);
  return { marks: all - marksIn(params.system), isCited: someBlock(params, isCited) };
}

function marksIn(system: Json | undefined): number {
  return isArray(system) ? system.filter((block) => isObject(block) && markOf(block) !== null).length : 0;
}

/** The same without that the rest of the request is looked at. */
export function beginningsAlone(
  params: JsonObject,
  model: Model,
  rest: RestOfRequest,
  calibration: InputParts['calibration'],
): Beginnings | undefined {
  return beginningsOf(params, model, inputsUpToSystem(params, model, calibration), rest);
}

function inputsUpToSystem(params: JsonObject, model: Model, calibration: InputParts['calibration']): InputParts[] {
  const inputs: InputParts[] = [];
  // A tool whose loading is deferred is read once a message refers to it.
  const isDeferred =
    isArray(params.tools) && params.tools.some((tool) => isObject(tool) && tool.defer_loading === true);
  inputParts(isDeferred ? params : { ...params, messages: [] }, model, calibration, (parts) => inputs.push(parts()));
  return inputs;
}

/** What requests begin with that have other texts in their system prompt, which is nothing but texts. */
export interface CommonStart {
  /** Of what is sent before the system prompt, … */
  readonly hash: GrowingHash;
  readonly input: InputParts;
  /** … and the ends in there. */
  readonly ends: number;
  /** Texts of the system prompt. */
  readonly texts: number;
}

/** That of the requests like this one; undefined where its system prompt is something else. */
export function commonStart(
  params: JsonObject,
  model: Model,
  rest: RestOfRequest,
  calibration: InputParts['calibration'],
): CommonStart | undefined {
  const texts = blocksOf(params.system);
  if (!texts.every((block) => (block === params.system ? typeof block === 'string' : isPlainText(block))))
    return undefined;
  const taking = new TakingApart();
  taking.tools(params.tools);
  taking.add(settingsOf(params, rest));
  const [input] = inputsUpToSystem(params, model, calibration);
  return { hash: taking.hash, input: input!, ends: taking.ends.length, texts: texts.length };
}

/** The beginnings of such a request; `addText` adds a text of its system prompt to a hash and says what all up to there weigh. */
export function beginningsFrom(
  { hash, input, ends, texts }: CommonStart,
  { shape, keys, tokens }: Beginnings,
  addText: (text: number, hash: GrowingHash) => MoreText,
): Beginnings {
  const all = { keys: keys.slice(0, ends), tokens: tokens.slice(0, ends) };
  const growing = new GrowingHash(hash.value);
  for (let text = 0; text < texts && all.keys.length < shape.ends.length; text++) {
    const more = addText(text, growing);
    growing.addByte(END_OF_TEXT);
    all.keys.push(keyOf(shape.root, growing));
    all.tokens.push(inputTokens(input, more));
  }
  return { shape, ...all };
}

function keyOf(root: number, hash: GrowingHash): number {
  return (Math.imul(root, 31) + hash.value) | 0;
}

/** More ends than these are not looked at. */
export const MOST_ENDS = 8;

/** What else makes the cached system prompt another. */
function settingsOf(params: JsonObject, { isCited }: RestOfRequest): string {
  const settings = data.changed_by.system.map((path) => valueAt(params, path) ?? null);
  return JSON.stringify([isCited, ...settings]);
}

function someBlock({ messages }: JsonObject, is: (block: JsonObject) => boolean): boolean {
  const isIn = (content: Json | undefined): boolean =>
    blocksOf(content).some(
      (block) => isObject(block) && (is(block) || (isArray(block.content) && isIn(block.content))),
    );
  return isArray(messages) && messages.some((message) => isObject(message) && isIn(message.content));
}

const isCited = ({ citations }: JsonObject): boolean => isObject(citations) && citations.enabled === true;

/** Null where there is no mark, or one that the schema refuses. */
function markOf({ cache_control: mark }: JsonObject): PrefixEnd['ttl'] {
  if (!isObject(mark)) return null;
  return mark.ttl === '1h' ? '1h' : mark.ttl === undefined || mark.ttl === null || mark.ttl === '5m' ? '5m' : null;
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** The texts of a request in the order in which they are sent. */
class TakingApart {
  readonly ends: { readonly end: PrefixEnd; readonly hash: GrowingHash; readonly block: number }[] = [];
  readonly hash = new GrowingHash();
  /** Its position among the tools, which count as one, and all blocks. */
  #block = 0;

  tools(tools: Json | undefined): void {
    const list = isArray(tools) ? tools : [];
    this.#value(list);
    const last = list.findLastIndex((tool) => isObject(tool) && tool.defer_loading !== true);
    if (last >= 0) this.#end(list[last]!, ['params', 'tools', last]);
  }

  system(content: Json | undefined): void {
    for (const [i, block] of blocksOf(content).entries()) {
      this.#block++;
      // A string is short for one block of text.
      if (typeof block === 'string') this.add(block);
      else if (isPlainText(block)) this.add(block.text);
      else this.#value(block);
      if (canBeMarked(block)) this.#end(block, isArray(content) ? ['params', 'system', i] : ['params', 'system']);
    }
  }

  add(text: string): void {
    this.hash.addText(text);
    this.hash.addByte(END_OF_TEXT);
  }

  #end(bearer: Json, path: Path): void {
    if (this.ends.length === MOST_ENDS) return;
    const end = { path, ttl: isObject(bearer) ? markOf(bearer) : null, isString: typeof bearer === 'string' };
    this.ends.push({ end, hash: new GrowingHash(this.hash.value), block: this.#block });
  }

  /** Marks are not part of what they mark. */
  #value(value: Json): void {
    if (typeof value === 'string') this.add(value);
    else if (isArray(value)) for (const item of value) this.#value(item);
    else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'cache_control' || item === undefined) continue;
        this.add(key);
        this.#value(item);
      }
    } else this.add(String(value));
    this.hash.addByte(END_OF_VALUE);
  }
}

/** Bytes that no text of a request is likely to have. */
const END_OF_TEXT = 0;
const END_OF_VALUE = 1;

/** Whether it says nothing but its text. */
function isPlainText(block: Json): block is JsonObject & { readonly text: string } {
  return (
    isObject(block) &&
    block.type === 'text' &&
    typeof block.text === 'string' &&
    Object.keys(block).every((key) => key === 'type' || key === 'text' || key === 'cache_control')
  );
}

function canBeMarked(block: Json): boolean {
  if (!isObject(block)) return typeof block === 'string' && block !== '';
  return (
    block.type !== 'thinking' && block.type !== 'redacted_thinking' && !(block.type === 'text' && block.text === '')
  );
}
