import { familyOf, type ModelTable } from '../cost/models';
import type { Family } from '../cost/text-weights';
import { SETTING, WHOLE } from './hole-patterns';
import type { KnownValues } from './known-values';
import type { LineBytes } from './line-reader';
import { ACT, HOLE, type Outline, SUM } from './outline';
import { ValueReader } from './value-reader';
import { type Words, words } from './words';

const LINE = words('custom_id', 'params');
const PARAMS = words('model', 'max_tokens', 'temperature', 'metadata', 'system', 'messages', 'tools');
const METADATA = words('user_id');
const MESSAGE = words('role', 'content');
const BLOCK = words(
  ...['type', 'text', 'title', 'context', 'source', 'id', 'input'],
  ...['tool_use_id', 'content', 'thinking', 'signature', 'cache_control'],
);
const SOURCE = words('type', 'data');
const ROLES = words('user', 'assistant', 'system');
const TYPES = words('text', 'document', 'tool_use', 'tool_result', 'thinking', 'image', 'base64');

/** The type of block that may have holes in a field. */
const TYPE_OF_FIELD: Readonly<Record<string, string>> = {
  text: 'text',
  title: 'document',
  context: 'document',
  source: 'document',
  id: 'tool_use',
  input: 'tool_use',
  tool_use_id: 'tool_result',
  content: 'tool_result',
  thinking: 'thinking',
  signature: 'thinking',
};

/** Models that may be named in one file. */
const MOST_MODELS = 100;

/**
 * Reads a line once and makes its outline, without parsing it: it knows which values of a request no rule looks at closely.
 * Whether the line is JSON it does not know either; one with the outline of a line that is, is.
 */
export class RequestReader {
  readonly #values: ValueReader;
  readonly #models: ModelTable;
  /** By the models that were seen. */
  readonly #families = new Map<string, Family>();
  #modelWords: Words = [];
  #isModelRead = false;
  /** The block that is read has a cache mark. */
  #isMarked = false;
  /** The message that is read holds results of tools. */
  #hasResult = false;

  constructor(models: ModelTable, known: KnownValues) {
    this.#models = models;
    this.#values = new ValueReader(known);
  }

  /** Of the line that was read last. */
  get outline(): Outline {
    return this.#values.outline;
  }

  /** That of the model for which its texts were weighed. */
  get family(): Family {
    return this.#values.family;
  }

  /** Whether the line has an outline. */
  read(line: LineBytes): boolean {
    const { family } = this.#values;
    if (this.#readLine(line)) return true;
    // Texts that stand before the model are weighed for that of the line before; it may be another.
    return this.#values.family !== family && this.#readLine(line);
  }

  #readLine(line: LineBytes): boolean {
    const values = this.#values;
    this.#isModelRead = false;
    values.start(line);
    const isRead = values.object(LINE, (key) => {
      if (key === 'custom_id') return values.id();
      return key === 'params' && values.isObject ? values.object(PARAMS, this.#param) : values.fixed();
    });
    if (!isRead || !values.isAtEnd || values.outline.isTooLong) return false;
    return this.#isModelRead || this.#weighsFor(familyOf(undefined));
  }

  readonly #param = (key: string | undefined): boolean => {
    const values = this.#values;
    const { outline } = values;
    switch (key) {
      case 'model':
        return this.#model();
      case 'max_tokens':
        return values.number(HOLE.maxTokens, WHOLE, (written) => {
          outline.maxTokens = Number(written);
        });
      case 'temperature':
        return values.number(HOLE.temperature, SETTING, (written) => {
          outline.temperature = Number(written);
        });
      case 'metadata':
        return values.isObject ? values.object(METADATA, this.#metadata) : values.fixed();
      case 'system':
        return this.#system();
      case 'messages':
        return values.isArray ? values.array(this.#message, true) : values.fixed();
      case 'tools':
        return values.isArray ? values.array(this.#fixed) : values.fixed();
      default:
        return values.fixed();
    }
  };

  #system(): boolean {
    const { outline } = this;
    outline.do(ACT.systemBegins, this.#values.at);
    const isRead = this.#content(SUM.system);
    outline.do(ACT.systemEnds, this.#values.at);
    return isRead;
  }

  readonly #fixed = (): boolean => this.#values.fixed();

  readonly #metadata = (key: string | undefined): boolean =>
    key === 'user_id' ? this.#values.label() : this.#values.fixed();

  #model(): boolean {
    const name = this.#values.word(this.#modelWords) ?? this.#newModel();
    if (name === undefined) return false;
    this.#isModelRead = true;
    return this.#weighsFor(this.#families.get(name)!);
  }

  /** A model that was not seen before is learned. */
  #newModel(): string | undefined {
    const name = this.#values.plainString();
    if (name === undefined || this.#families.size === MOST_MODELS) return undefined;
    this.#families.set(name, familyOf(this.#models.find(name)));
    this.#modelWords = words(...this.#families.keys());
    return this.#values.word(this.#modelWords);
  }

  /** Whether what was weighed so far was weighed for this family, as what comes will be. */
  #weighsFor(family: Family): boolean {
    const isRight = family === this.#values.family || this.outline.sums.every((sum) => sum === 0);
    this.#values.family = family;
    return isRight;
  }

  readonly #message = (): boolean => {
    const values = this.#values;
    const { outline } = values;
    if (!values.isObject) return values.fixed();
    const from = values.at;
    let isUser = false;
    let mayBeBegun = true;
    this.#hasResult = false;
    outline.keep();
    const isRead = values.object(MESSAGE, (key) => {
      if (key === 'content') return this.#content(SUM.messages);
      if (key !== 'role') return values.fixed();
      const role = values.word(ROLES);
      isUser = role === 'user';
      // One that is no role is nobody's answer.
      mayBeBegun = role === undefined ? values.plainString() === undefined : !isUser;
      return role !== undefined || values.fixed();
    });
    if (isUser && !this.#hasResult) outline.do(ACT.forgetThinking, values.at);
    if (!isRead || !mayBeBegun || !values.isLast) return isRead;
    // The last characters of an answer that is only begun matter.
    outline.goBack();
    values.at = from;
    return values.fixed();
  };

  /** A text or blocks. */
  #content(sum: number): boolean {
    if (!this.#values.isArray) return this.#values.text(sum);
    return this.#values.array(() => this.#block(sum));
  }

  #block(sum: number): boolean {
    if (!this.#values.isObject) return this.#values.fixed();
    this.#isMarked = false;
    if (!this.#fields(sum, (field) => TYPE_OF_FIELD[field])) return false;
    if (this.#isMarked) this.outline.do(sum === SUM.system ? ACT.markSystem : ACT.markMessages, this.#values.at);
    return true;
  }

  /** A block in the result of a tool: only in texts it may differ. */
  #innerBlock(sum: number): boolean {
    if (!this.#values.isObject) return this.#values.fixed();
    const hasResult = this.#hasResult;
    const isRead = this.#fields(sum, (field) => (field === 'text' ? field : undefined));
    this.#hasResult = hasResult;
    return isRead;
  }

  /** The fields of a block; `typeOf` says of which type one has to be whose field may have holes. */
  #fields(sum: number, typeOf: (field: string) => string | undefined): boolean {
    const values = this.#values;
    let type: string | undefined;
    let isTyped = false;
    let needed: string | undefined;
    const isRead = values.object(BLOCK, (field) => {
      if (field === 'type') {
        type = values.word(TYPES);
        isTyped = true;
        return type !== undefined || values.fixed();
      }
      if (field === 'cache_control') this.#isMarked = true;
      if (field === 'source' && type === 'image') return values.isObject ? this.#picture() : values.fixed();
      const owner = field && typeOf(field);
      if (!owner || (isTyped && type !== owner)) return values.fixed();
      needed = owner;
      return this.#field(field, sum);
    });
    if (type === 'tool_result') this.#hasResult = true;
    return isRead && (needed === undefined || needed === type);
  }

  /** A field of a block whose type may have holes there. */
  #field(field: string, sum: number): boolean {
    const values = this.#values;
    switch (field) {
      case 'text':
        return values.text(sum);
      case 'title':
      case 'context':
        return values.label(sum);
      case 'source':
        return values.isObject ? this.#source(sum) : values.fixed();
      case 'input':
        return values.free(sum);
      case 'content':
        return values.isArray ? values.array(() => this.#innerBlock(sum)) : values.text(sum);
      case 'thinking':
        return values.text(SUM.thinking);
      case 'signature':
        return values.signature();
      default:
        return values.name();
    }
  }

  /** Of a document: plain text may differ. */
  #source(sum: number): boolean {
    return this.#data('text', () => this.#values.text(sum));
  }

  /** Of an image. */
  #picture(): boolean {
    return this.#data('base64', () => this.#values.picture());
  }

  /** A source, of which the data may have holes where it is of this type. */
  #data(owner: string, read: () => boolean): boolean {
    const values = this.#values;
    let type: string | undefined;
    let isTyped = false;
    let isOwn = false;
    const isRead = values.object(SOURCE, (field) => {
      if (field === 'type') {
        type = values.word(TYPES);
        isTyped = true;
        return type !== undefined || values.fixed();
      }
      isOwn ||= field === 'data' && (!isTyped || type === owner);
      return field === 'data' && isOwn ? read() : values.fixed();
    });
    return isRead && (!isOwn || type === owner);
  }
}
