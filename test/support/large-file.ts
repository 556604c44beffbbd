import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { requestLine } from './contexts';
import { temporaryFolder } from './folders';

export const LINES_A_MEGABYTE = 390;

/** A batch file of so many MB whose lines are alike; it is gone when the test ends. */
export function largeFile(t: TestContext, megabytes: number): string {
  const file = path.join(temporaryFolder(t), 'large.batch.jsonl');
  const content = 'the words of a long text, '.repeat(92);
  const lines = Array.from({ length: LINES_A_MEGABYTE }, (_, i) => `${requestLine(`MEGA-${i}`, content)}\n`).join('');
  const bytes = Buffer.from(lines);
  const numbers = [...lines.matchAll(/MEGA/g)].map(({ index }) => index);
  const open = openSync(file, 'w');
  for (let i = 0; i < megabytes; i++) {
    for (const at of numbers) bytes.write(String(i).padStart(4, '0'), at);
    writeSync(open, bytes);
  }
  closeSync(open);
  return file;
}
