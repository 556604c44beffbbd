import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { replaceInFile } from '../../files/rewrite';
import { sharedText } from '../../files/shared-text';
import { temporaryFile } from '../support/folders';

test('a text is found where it is written the same at the same place, and nowhere else', async (t) => {
  const line = (id: string, system: string, more = ''): string =>
    `{"custom_id": "${id}", "params": {"system": ${system}${more}}}`;
  const token = '"caf\\u00e9\\n"';
  const lines = [
    line('é', token),
    line('b', '"café\\n"'),
    'not JSON "caf\\u00e9\\n"',
    '',
    line('c', '"other"', `, "user": ${token}`),
    line('d', token),
    `{"params": {"system": "café\\n", "system": ${token}}}`,
  ];
  const file = temporaryFile(t, 'a.jsonl', lines.join('\r\n'));
  const starts = await sharedText(file, ['params', 'system'], token);
  assert.equal(starts.length, 3);
  const change = (start: number) => ({ start, before: Buffer.from(token), after: Buffer.from('"tea"') });
  await replaceInFile(file, starts.map(change));
  const expected = lines.map((each, i) => ([0, 5, 6].includes(i) ? each.replace(token, '"tea"') : each));
  assert.equal(readFileSync(file, 'utf8'), expected.join('\r\n'));
});
