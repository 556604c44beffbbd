import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findMisfits } from '../../results/thread/on-thread';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { answered, failed } from './rows';
import { builtThread } from './thread';

const script = builtThread();

const asking = (id: string, schema: object) =>
  JSON.stringify({
    custom_id: id,
    params: { model: 'claude-haiku-4-5', output_config: { format: { type: 'json_schema', schema } } },
  });

test('answers that do not fit what their own request asked for are found, of every attempt', async (t) => {
  const folder = temporaryFolder(t);
  const label = { type: 'object', properties: { label: { enum: ['billing', 'other'] } }, required: ['label'] };
  const source = path.join(folder, 'tickets.batch.jsonl');
  const requests = [asking('a', label), asking('b', label), asking('c', { type: 'object' }), requestLine('d')];
  writeFileSync(source, `${requests.join('\n')}\n`);
  const paths = ['first', 'second'].map((name) => path.join(folder, `${name}.results.jsonl`));
  const first = [answered('d', 'x'), answered('b', '{"label":"refund"}'), '\n', failed('a', 'api_error', 'x')];
  writeFileSync(paths[0] ?? '', [...first, answered('c', '{}'), answered('nobody', 'x')].join(''));
  writeFileSync(paths[1] ?? '', answered('a', 'Sorry.'));
  const seen: number[] = [];
  const found = await findMisfits({ paths, source }, { script: script(), onProgress: (done) => seen.push(done) });
  assert.deepEqual(
    found.map((each) => [...each.keys()]),
    [[1], [0]],
  );
  assert.match(found[0]?.get(1) ?? '', /^\/label: /);
  assert.equal(found[1]?.get(0), 'The answer is no JSON.');
  assert.equal(seen.at(-1), 1);
});

test('a schema whose pattern never ends is given up', async (t) => {
  const folder = temporaryFolder(t);
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const properties = { x: { type: 'string', pattern: '^(a+)+$' } };
  const source = file('a.batch.jsonl', asking('a', { type: 'object', properties }));
  const paths = [file('a.results.jsonl', answered('a', JSON.stringify({ x: `${'a'.repeat(50)}!` })))];
  await assert.rejects(findMisfits({ paths, source }, { script: script(), limitMs: 300 }), {
    name: 'ThreadError',
    message: /takes too long/,
  });
});
