import type data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { TextScale, type TextWeights } from './text-weights';

/** The parts of a prompt that are told apart. */
export type Part = 'system' | 'tools' | 'messages';

/** What the API puts around texts; `schemas/tokens.json` says what each costs. */
export type Frame = keyof (typeof data.families)['old']['frames'];

/** What a request's input is made of, images and documents apart. */
export interface InputCounts {
  /** What the texts of each part weigh, in thousandths of a token. */
  readonly text: Record<Part, number>;
  /** As much of all text as lies beyond ASCII. */
  readonly foreign: number;
  /** The schema of the answer, as text. */
  readonly schema: number;
  readonly frames: Record<Frame, number>;
}

/** Is told after the tools (whatever there are), after each block of the system prompt and after each of the conversation. */
export type AfterBlock = (block: Json | undefined, sofar: () => InputCounts) => void;

/** Counts what a model reads of a request. Never throws, whatever `params` holds. */
export function countInput(params: JsonObject, weights: TextWeights, afterBlock?: AfterBlock): InputCounts {
  return new Count(weights, afterBlock).of(params);
}

/** The blocks of a content; a string is one. */
export function blocksOf(content: Json | undefined): readonly Json[] {
  if (isArray(content)) return content;
  return typeof content === 'string' || isObject(content) ? [content] : [];
}

class Count {
  readonly #scale: TextScale;
  readonly #frames: Record<Frame, number> = {
    request: 0,
    message: 0,
    thinking: 0,
    adaptive: 0,
    format: 0,
    tool_use: 0,
    argument: 0,
    tool_result: 0,
    image: 0,
    document: 0,
    citations: 0,
  };

  readonly #text: Record<Part, number> = { system: 0, tools: 0, messages: 0 };

  constructor(
    weights: TextWeights,
    private readonly afterBlock: AfterBlock = () => {},
  ) {
    this.#scale = new TextScale(weights);
  }

  of(params: JsonObject): InputCounts {
    const messages = isArray(params.messages) ? params.messages.map((it) => (isObject(it) ? it : {})) : [];
    this.#frames.request = 1;
    const { thinking } = params;
    if (isObject(thinking) && thinking.type === 'enabled') this.#frames.thinking = 1;
    if (isObject(thinking) && thinking.type === 'adaptive') this.#frames.adaptive = 1;
    this.#put('tools', undefined, () => this.#tools(params, messages));
    for (const block of blocksOf(params.system)) this.#put('system', block, () => this.#content(block));
    this.#messages(messages);
    const schema = this.#weighed(() => this.#format(params));
    return { ...this.#sofar(), schema };
  }

  #sofar(): InputCounts {
    return { text: { ...this.#text }, schema: 0, foreign: this.#scale.foreign, frames: { ...this.#frames } };
  }

  #put(part: Part, block: Json | undefined, put: () => void): void {
    this.#text[part] += this.#weighed(put);
    this.afterBlock(block, () => this.#sofar());
  }

  #weighed(put: () => void): number {
    const before = this.#scale.weight;
    put();
    return this.#scale.weight - before;
  }

  #format({ output_config: config, output_format: older }: JsonObject): void {
    const format = isObject(config) && isObject(config.format) ? config.format : older;
    if (!isObject(format)) return;
    this.#frames.format = 1;
    this.#scale.add(spacedJson(format.schema ?? {}));
  }

  /** Those whose loading is deferred are read once a message refers to them. */
  #tools({ tools }: JsonObject, messages: readonly JsonObject[]): void {
    const named = objects(tools).filter((tool) => !isServerTool(tool));
    const loaded = named.some(isDeferred) ? toolsReferredTo(messages) : undefined;
    for (const tool of named) {
      if (isDeferred(tool) && !loaded?.has(String(tool.name))) continue;
      const { name, description, input_schema } = tool;
      this.#scale.add(spacedJson({ name, description, input_schema } as JsonObject));
    }
  }

  /** Thinking is read again only within the turn that it began, in which all that people send are results of tools. */
  #messages(messages: readonly JsonObject[]): void {
    const turn = messages.findLastIndex((message) => message.role === 'user' && !holdsResults(message));
    for (const [i, { content }] of messages.entries()) {
      if (i > 0) this.#frames.message++;
      for (const block of blocksOf(content)) this.#put('messages', block, () => this.#content(block, i > turn));
    }
  }

  #content(content: Json | undefined, inTurn = false): void {
    if (typeof content === 'string') this.#scale.add(content);
    else if (isArray(content)) for (const item of content) this.#content(item, inTurn);
    else if (isObject(content)) this.#block(content, inTurn);
  }

  #block(block: JsonObject, inTurn: boolean): void {
    if (isObject(block.citations) && block.citations.enabled === true) this.#frames.citations = 1;
    switch (block.type) {
      case 'text':
        this.#content(block.text);
        break;
      case 'image':
        this.#frames.image++;
        break;
      case 'document':
        this.#document(block);
        break;
      case 'thinking':
        if (inTurn) this.#content(block.thinking);
        break;
      case 'redacted_thinking':
        break;
      case 'tool_use':
        this.#frames.tool_use++;
        this.#content(block.name);
        this.#value(block.input);
        break;
      case 'tool_result':
        this.#frames.tool_result++;
        this.#content(block.content);
        break;
      default:
        this.#scale.add(typeof block.text === 'string' ? block.text : spacedJson(withoutControls(block)));
    }
  }

  #document({ source, title, context }: JsonObject): void {
    this.#frames.document++;
    this.#content(title);
    this.#content(context);
    if (!isObject(source)) return;
    if (source.type === 'text') this.#content(source.data);
    if (source.type === 'content') this.#content(source.content);
  }

  /** What a tool was called with: strings are read as they are. */
  #value(value: Json | undefined): void {
    if (typeof value === 'string') this.#scale.add(value);
    else if (isArray(value)) for (const item of value) this.#value(item);
    else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        this.#frames.argument++;
        this.#scale.add(key);
        this.#value(value[key]);
      }
    } else if (value !== undefined) this.#scale.add(JSON.stringify(value));
  }
}

/** JSON with a space behind each comma and colon, as the API shows it to a model; what is undefined is left out. */
function spacedJson(value: Json): string {
  if (isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const said = Object.entries(value).map(([key, item]) =>
    item === undefined ? [] : `${JSON.stringify(key)}: ${spacedJson(item)}`,
  );
  return `{${said.flat().join(', ')}}`;
}

/** One that the API runs or defines itself, by its type. */
export function isServerTool({ type }: JsonObject): boolean {
  return typeof type === 'string' && type !== 'custom';
}

function isDeferred({ defer_loading }: JsonObject): boolean {
  return defer_loading === true;
}

/** The names in all `tool_reference` blocks. */
function toolsReferredTo(value: Json | undefined, names = new Set<string>()): Set<string> {
  if (isArray(value)) for (const item of value) toolsReferredTo(item, names);
  else if (isObject(value)) {
    const name = value.tool_name ?? value.name;
    if (value.type === 'tool_reference' && typeof name === 'string') names.add(name);
    for (const key of Object.keys(value)) toolsReferredTo(value[key], names);
  }
  return names;
}

function holdsResults({ content }: JsonObject): boolean {
  return objects(content).some(({ type }) => type === 'tool_result');
}

/** Marks, signatures, ids and sealed contents are for the API, not for the model. */
const CONTROLS = new Set([
  'cache_control',
  'signature',
  'id',
  'tool_use_id',
  'encrypted_content',
  'encrypted_index',
  'encrypted_stdout',
]);

function withoutControls(value: Json): Json {
  if (isArray(value)) return value.map(withoutControls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !CONTROLS.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, item === undefined ? item : withoutControls(item)]));
}

function objects(value: Json | undefined): JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}
