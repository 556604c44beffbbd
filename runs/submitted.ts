import { createHash } from 'node:crypto';
import { type LineSelection, takesOf } from '../files/line-selection';
import type { RawLine } from '../files/line-splitter';
import { FileChangedError, type FileIdentity, readLines } from '../files/read-lines';
import { customIdOf } from './custom-id';
import { canceled, RunError, toDiskError } from './run-error';

/** A request as it was submitted. */
export interface Submitted {
  /** Empty where it had none. */
  readonly customId: string;
  /** Of its line: see `lineMark`. */
  readonly mark: string;
}

const MARK_LENGTH = 16;

/** What tells a line from any other by its bytes (without its terminator and a byte order mark): the beginning of their SHA-256. */
export function lineMark(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('hex').slice(0, MARK_LENGTH);
}

/** One request a line, in the order of the create body: mark, space, id. */
export function writeSubmitted(requests: readonly Submitted[]): string {
  return requests.map(({ customId, mark }) => `${mark} ${customId}\n`).join('');
}

export function readSubmitted(text: string): Submitted[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => ({ customId: line.slice(MARK_LENGTH + 1), mark: line.slice(0, MARK_LENGTH) }));
}

export interface SubmittedOptions {
  /** All where there is none. */
  readonly lines?: LineSelection | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The requests of a batch file in order, or those on some of its lines. Throws `RunError`. */
export async function submittedIn(source: string, options: SubmittedOptions = {}): Promise<Submitted[]> {
  const requests: Submitted[] = [];
  await eachRequest(source, options, ({ bytes }) => void requests.push(submittedOn(bytes)));
  return requests;
}

/** What is submitted with a line. */
export function submittedOn(line: Uint8Array): Submitted {
  return { customId: customIdOf(line) ?? '', mark: lineMark(line) };
}

/** Reads the requests of a batch file, with the 0-based numbers of their lines. Throws `RunError`. */
export async function eachRequest(
  source: string,
  { lines, signal }: SubmittedOptions,
  onRequest: (line: RawLine, number: number) => void,
): Promise<FileIdentity> {
  const takes = takesOf(lines);
  let number = 0;
  const onLine = (line: RawLine): void => {
    const at = number++;
    if (takes(at) && !line.isBlank) onRequest(line, at);
  };
  try {
    return await readLines(source, onLine, signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted ? canceled() : sourceError(error, source);
  }
}

/** Tells apart two lists of ids. SHA-256 in hexadecimal. */
export function digestOf(requests: readonly Pick<Submitted, 'customId'>[]): string {
  const hash = createHash('sha256');
  for (const { customId } of requests) hash.update(`${customId}\n`);
  return hash.digest('hex');
}

/** Why a batch file cannot be read, as a `RunError`. */
export function sourceError(error: unknown, source: string): RunError {
  return error instanceof FileChangedError ? changed(source) : toDiskError(error, `${source} cannot be read`);
}

export function changed(source: string): RunError {
  return new RunError('changed', `${source} was changed since it was checked: check it again, nothing was sent.`);
}
