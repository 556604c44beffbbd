import { isObject, type JsonObject } from '../batch/json';
import { asBuffer, parseLine, parseText } from './custom-id';

/** The API writes these before the content, in whatever order; inside a string no unescaped quote can imitate them. */
const MODEL =
  /^\{"custom_id":"[\w-]+","result":\{"type":"succeeded","message":\{(?:"(?:id|type|role)":"[^"\\]*",)*"model":"([^"\\]*)"/;
const HEAD_BYTES = 400;
const TEXT = Buffer.from('{"type":"text","text":"');
const STOP = Buffer.from('"stop_reason":');
/** Result and row end after the message. */
const CLOSERS = '}}';

/**
 * The message of a `succeeded` row; null where there is none. Of most rows only the ends are read, because what is between
 * is text: where it has a text that begins with a word, its content is no more than a letter, and what stands between
 * model and content is left out.
 */
export function shortMessageIn(row: Uint8Array): JsonObject | null {
  const line = asBuffer(row);
  const model = modelIn(line);
  return (model !== undefined && messageBetween(line, model)) || parsedMessageIn(row);
}

/** The model that answered a `succeeded` row; null where it is not told. */
export function answeredModel(row: Uint8Array): string | null {
  const model = modelIn(asBuffer(row)) ?? parsedMessageIn(row)?.model;
  return typeof model === 'string' ? model : null;
}

function modelIn(line: Buffer): string | undefined {
  return MODEL.exec(line.toString('latin1', 0, HEAD_BYTES))?.[1];
}

/** What follows the stop reason ends as row, result and message do only where it is the message's own. */
function messageBetween(line: Buffer, model: string): JsonObject | undefined {
  const text = line.indexOf(TEXT);
  const stop = text < 0 ? -1 : line.lastIndexOf(STOP);
  const tail = stop > text && isWordCharacter(line[text + TEXT.length] ?? 0) ? line.toString('utf8', stop) : '';
  const end = tail.endsWith(CLOSERS) ? parseText(`{${tail.slice(0, -CLOSERS.length)}`) : undefined;
  return isObject(end) && isObject(end.usage) ? { model, content: A_TEXT, ...end } : undefined;
}

const A_TEXT = [{ type: 'text', text: 'a' }];

/** Neither the end of the string, nor an escape, nor a blank, nor the beginning of a character that could be one. */
const isWordCharacter = (byte: number): boolean => byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;

function parsedMessageIn(row: Uint8Array): JsonObject | null {
  const value = parseLine(row);
  const result = isObject(value) ? value.result : undefined;
  return isObject(result) && isObject(result.message) ? result.message : null;
}
