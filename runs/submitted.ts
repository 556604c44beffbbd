import { createHash } from 'node:crypto';

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
