import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { BulkEdit } from '../../batch/bulk/bulk-edit';
import { isMeant } from '../../batch/bulk/condition';
import { isObject, type Json, type JsonObject } from '../../batch/json';
import { analyseLine } from '../../batch/lint';
import { rules } from '../../batch/rules';
import { editFile } from '../../files/edit-file';
import { fixFile } from '../../files/fix-file';
import { context } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { filesOf, oddLines } from '../support/odd-lines';

/** Some of their bytes may be no UTF-8. */
const FILES = fc.tuple(filesOf(oddLines), fc.option(fc.nat(), { freq: 3 })).map(([text, broken]) => {
  const bytes = Buffer.from(text);
  if (broken !== null && bytes.length > 0 && bytes[broken % bytes.length]! > 0x20) bytes[broken % bytes.length] = 0xff;
  return bytes;
});

// fast-check prints the seed and the smallest failing file.
const RUNS = { numRuns: 60 };

test('a bulk edit on disk leaves the bytes of all lines that are not meant', async (t) => {
  const edits: BulkEdit[] = [
    { op: 'set', path: ['params', 'max_tokens'], value: 77 },
    { op: 'remove', path: ['params', 'system'] },
    { op: 'prefix', prefix: 'p-' },
    { op: 'minify' },
  ];
  await fc.assert(
    fc.asyncProperty(FILES, fc.constantFrom(...edits), async (bytes, edit) => {
      const where = { path: ['custom_id'], is: 'matching' as const, pattern: '^[a-c]' };
      const [before, after] = await rewritten(t, bytes, (source, target) =>
        editFile(source, target, [{ ...edit, where }]),
      );
      assertOthersStay(before, after, (line) => {
        const request = requestIn(line);
        return request !== undefined && isMeant(request, where);
      });
    }),
    RUNS,
  );
});

test('a fix on disk leaves the bytes of all lines in which its rule finds nothing', async (t) => {
  const fixable = rules.map(({ id }) => id).filter((id) => !['blank-line', 'byte-order-mark'].includes(id));
  await fc.assert(
    fc.asyncProperty(FILES, fc.subarray(fixable, { minLength: 1 }), async (bytes, chosen) => {
      const [before, after] = await rewritten(t, bytes, (source, target) =>
        fixFile(source, target, { context: context(), rules: new Set(chosen), idsTarget: `${target}.ids.csv` }),
      );
      // An id is taken, too, where the line has bytes that are no UTF-8.
      const ids = before.map((line) => jsonOf(line)?.custom_id);
      assertOthersStay(before, after, (line, number) => {
        const found = new Set(
          isUtf8(line) ? analyseLine(unmarked(line), context()).findings.map(({ rule }) => rule) : [],
        );
        // The fix of ids gives one to requests that have none, too.
        const lacksId = chosen.includes('custom-id') && !Object.hasOwn(jsonOf(line) ?? { custom_id: '' }, 'custom_id');
        const isRepeated = chosen.includes('duplicate-custom-id') && ids.indexOf(ids[number]) < number;
        return isRepeated || lacksId || chosen.some((rule) => found.has(rule));
      });
    }),
    RUNS,
  );
});

/** The lines of a file before and after. */
async function rewritten(
  t: TestContext,
  bytes: Buffer,
  write: (source: string, target: string) => Promise<unknown>,
): Promise<[Buffer[], Buffer[]]> {
  const source = temporaryFile(t, 'tickets.jsonl', bytes);
  const target = join(dirname(source), 'tickets.edited.jsonl');
  await write(source, target);
  return [linesOf(bytes), linesOf(readFileSync(target))];
}

/** With their terminators. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines = bytes.toString('latin1').match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
  return lines.map((line) => Buffer.from(line, 'latin1'));
}

function assertOthersStay(
  before: readonly Buffer[],
  after: readonly Buffer[],
  isNamed: (line: Buffer, number: number) => boolean,
): void {
  assert.equal(after.length, before.length);
  for (const [number, line] of before.entries())
    if (!isNamed(line, number)) assert.deepEqual(after[number], line, `line ${number + 1}`);
}

const requestIn = (line: Buffer): JsonObject | undefined => (isUtf8(line) ? jsonOf(line) : undefined);

function jsonOf(line: Buffer): JsonObject | undefined {
  try {
    const value = JSON.parse(unmarked(line)) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text without byte order mark and terminator. */
function unmarked(line: Buffer): string {
  return line.toString('utf8').replace(/^\uFEFF|[\r\n]+$/g, '');
}
