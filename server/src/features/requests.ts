import type { TextDocuments } from 'vscode-languageserver';
import { isObject, type Json } from '../../../batch/json';
import { readLinesUntil } from '../../../files/read-lines';
import type { BatchDocument } from '../documents';
import { pathOf } from '../uris';

/** Which request stands on a line of a document, or of a file on disk where none is open. */
export async function requestAt(
  documents: TextDocuments<BatchDocument>,
  { uri, line }: { uri: string; line: number },
): Promise<{ customId: string; line: number } | null> {
  const document = documents.get(uri);
  await document?.whenJudged;
  const customId = document ? document.factsAt(line)?.customId : await idOnLine(pathOf(uri), line);
  return customId === undefined ? null : { customId, line };
}

/** The first line of a request by its id. */
export async function findRequest(
  documents: TextDocuments<BatchDocument>,
  { uri, customId }: { uri: string; customId: string },
): Promise<{ line: number } | null> {
  const document = documents.get(uri);
  await document?.whenJudged;
  const line = document ? (document.file?.lineOfRequest(customId) ?? -1) : await lineOfId(pathOf(uri), customId);
  return line < 0 ? null : { line };
}

async function idOnLine(path: string | undefined, line: number): Promise<string | undefined> {
  const id = await firstOf(path, (bytes, number) => (number === line ? (customIdOf(bytes) ?? null) : undefined));
  return id ?? undefined;
}

/** Only lines that hold the id's characters are parsed, or an escape, which may stand for one of them. */
async function lineOfId(path: string | undefined, customId: string): Promise<number> {
  const wanted = Buffer.from(customId);
  const has = (line: Buffer): boolean =>
    (line.includes(wanted) || line.includes('\\')) && customIdOf(line) === customId;
  return (await firstOf(path, (bytes, number) => (has(bytes) ? number : undefined))) ?? -1;
}

/** The first answer that `look` gives to a line of the file; the rest of it is not read. */
async function firstOf<T>(
  path: string | undefined,
  look: (bytes: Buffer, number: number) => T | undefined,
): Promise<T | undefined> {
  if (path === undefined) return undefined;
  let number = 0;
  let answer: T | undefined;
  await readLinesUntil(path, ({ bytes }) => {
    answer = look(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), number++);
    return answer !== undefined;
  });
  return answer;
}

function customIdOf(line: Buffer): string | undefined {
  try {
    const value = JSON.parse(line.toString('utf8')) as Json;
    return isObject(value) && typeof value.custom_id === 'string' ? value.custom_id : undefined;
  } catch {
    return undefined;
  }
}
