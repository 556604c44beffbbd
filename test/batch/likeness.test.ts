import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchFile } from '../../batch/batch-file';
import { sampleIn, sampleOf } from '../../batch/likeness';
import { checkFile } from '../../files/check-file';
import type { JudgedBy } from '../../files/file-check';
import { context, requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';

const LONG = 'Is this a complaint? My chair broke. '.repeat(4000);

test('requests that are the same but for their ids are found, however they are edited, open and on disk alike', async (t) => {
  const lines = [
    requestLine('a', LONG),
    requestLine('b', LONG),
    requestLine('c', LONG.replace('chair', 'hcair')),
    requestLine('d', `${LONG}.`),
  ];
  const file = new BatchFile(lines.join('\n'), context());
  assert.deepEqual(repeatedIn(file), [1]);
  edit(file, 3, requestLine('d', LONG));
  assert.deepEqual(repeatedIn(file), [1, 3]);
  assert.deepEqual(repeatedIn(file), await repeatedOnDisk(file.text));
  edit(file, 0, requestLine('a', 'Hello'));
  assert.deepEqual(repeatedIn(file), [3]);
  edit(file, 1, requestLine('b', 'Hello'));
  // Two short ones cost less than a cent.
  assert.deepEqual(repeatedIn(file), []);
  edit(file, 0, `${requestLine('a', LONG)}\n${requestLine('aa', LONG)}`);
  assert.deepEqual(repeatedIn(file), [1, 4]);
  assert.deepEqual(repeatedIn(file), await repeatedOnDisk(file.text));

  async function repeatedOnDisk(text: string): Promise<number[]> {
    const path = temporaryFile(t, 'tickets.batch.jsonl', text);
    const { problems } = await checkFile(path, { context: context(), judgedBy, limit: 100 });
    return problems.flatMap(({ line, finding }) => (finding.rule === 'repeated-request' ? [line] : []));
  }
});

test('what the repetitions of a file cost is the same, whichever way it came to be', () => {
  const file = new BatchFile([1, 2, 3, 4].map((n) => requestLine(`r${n}`, LONG)).join('\n'), context());
  edit(file, 1, requestLine('x', 'Hello'));
  edit(file, 1, requestLine('r2', LONG));
  const anew = new BatchFile(file.text, context());
  assert.deepEqual(
    file.problems().problems.map(({ finding }) => finding.message),
    anew.problems().problems.map(({ finding }) => finding.message),
  );
  assert.equal(repeatedIn(file).length, 3);
});

test('a sample of a line is the same under any id, and another where the text is', () => {
  const sample = (id: string, content = LONG.slice(0, 700)) => sampleOf(requestLine(id, content), id);
  assert.notEqual(sample('a'), 0);
  for (let length = 1; length <= 64; length++) assert.equal(sample('x'.repeat(length)), sample('a'));
  assert.notEqual(sample('a', LONG.slice(1, 701)), sample('a'));
  const { custom_id, params } = JSON.parse(requestLine('a', LONG));
  assert.equal(sampleOf(JSON.stringify({ params, custom_id }), 'a'), 0);
});

function edit(file: BatchFile, line: number, text: string): void {
  const end = { line, character: file.lines[line]!.text.length };
  file.update([{ range: { start: { line, character: 0 }, end }, text }]);
}

function repeatedIn(file: BatchFile): number[] {
  return file.problems().problems.flatMap(({ line, finding }) => (finding.rule === 'repeated-request' ? [line] : []));
}

const judgedBy: JudgedBy = { apiVersion: '2023-06-01', betas: [], models: '', settings: null, hash: '' };

test('a sample of bytes is the same where all but the id is, and another where the end is', () => {
  const sample = (id: string, content: string) => {
    const bytes = new TextEncoder().encode(requestLine(id, content));
    return sampleIn(new DataView(bytes.buffer), 0, bytes.length, id);
  };
  const text = 'naïve 漢字 '.repeat(60);
  assert.notEqual(sample('a', text), 0);
  assert.equal(sample('a', text), sample('another-1', text));
  assert.notEqual(sample('a', text), sample('a', text.replaceAll('字', '孴')));
  assert.equal(sample('a', 'short'), 0);
});
