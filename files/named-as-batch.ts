import { open } from 'node:fs/promises';
import { isObject } from '../batch/json';
import { RECOGNISED_LENGTH, RECOGNISED_LINES } from '../batch/recognise';

/**
 * Whether a file that a person named is to be judged as a batch although nothing in it says that it is one: broken lines,
 * bytes that are no text, requests without params. Lines that are plainly something else (a trace, a log, a data set,
 * another provider's results) are left alone, as they are in the editor. Throws what the file system throws.
 */
export async function namedAsBatch(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(RECOGNISED_LENGTH), 0, RECOGNISED_LENGTH, 0);
    const lines = buffer
      .toString('utf8', 0, bytesRead)
      .split('\n')
      .filter((line) => line.trim() !== '');
    const whole = bytesRead === RECOGNISED_LENGTH ? lines.slice(0, -1) : lines;
    const first = whole.slice(0, RECOGNISED_LINES);
    return first.length === 0 || !first.every(isSomethingElse);
  } finally {
    await file.close();
  }
}

function isSomethingElse(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && (!Object.hasOwn(value, 'custom_id') || Object.hasOwn(value, 'response'));
  } catch {
    return false;
  }
}
