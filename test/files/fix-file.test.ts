import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type FixedFile, fixFile } from '../../files/fix-file';
import { context, requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';

interface Fixed extends FixedFile {
  readonly text: string;
  readonly folder: string;
}

async function fixed(t: TestContext, content: string | Uint8Array, ...rules: string[]): Promise<Fixed> {
  const source = temporaryFile(t, 'tickets.jsonl', content);
  const folder = dirname(source);
  const target = join(folder, 'tickets.fixed.batch.jsonl');
  const options = { context: context(), rules: new Set(rules), idsTarget: join(folder, 'tickets.ids.csv') };
  const result = await fixFile(source, target, options);
  return { ...result, text: readFileSync(target, 'latin1'), folder };
}

const WRONG = requestLine('a').replace('"max_tokens":', ' "max_token" : ');

test('only the findings of the chosen rules are mended, and only their bytes change', async (t) => {
  const lines = [`${WRONG}\r\n`, ` ${requestLine('b c')} \n`, '\n', '{"custom_id":\r', requestLine('ü')];
  const { text, changed, renamed } = await fixed(t, lines.join(''), 'unknown-field');
  const expected = lines.with(0, `${WRONG.replace('max_token"', 'max_tokens"')}\r\n`).join('');
  assert.equal(text, Buffer.from(expected).toString('latin1'));
  assert.deepEqual([changed, renamed], [1, []]);
});

test('blank lines and a byte order mark go when they are asked for, and else stay', async (t) => {
  const content = `\uFEFF${requestLine('a')}\n \n${requestLine('b')}`;
  assert.equal((await fixed(t, content, 'unknown-field')).text, Buffer.from(content).toString('latin1'));
  const { text, changed } = await fixed(t, content, 'blank-line', 'byte-order-mark');
  assert.equal(text, `${requestLine('a')}\n${requestLine('b')}`);
  assert.equal(changed, 2);
});

test('bytes that are no UTF-8 stay as they are', async (t) => {
  const line = Buffer.concat([Buffer.from(WRONG.slice(0, -2)), Buffer.from([0xff]), Buffer.from('}}\n')]);
  const { text, changed } = await fixed(t, line, 'unknown-field');
  assert.equal(text, line.toString('latin1'));
  assert.equal(changed, 0);
});

test('ids become legal and unique over the whole file, and the old ones are written beside it', async (t) => {
  const ids = ['a b', 'x', 'a-b', 'x'];
  const { text, folder } = await fixed(
    t,
    ids.map((id) => requestLine(id)).join('\n'),
    'custom-id',
    'duplicate-custom-id',
  );
  assert.equal(text, ['a-b-2', 'x', 'a-b', 'x-2'].map((id) => requestLine(id)).join('\n'));
  const table = readFileSync(join(folder, 'tickets.ids.csv'), 'utf8');
  assert.equal(table, 'old_custom_id,new_custom_id,line\r\na b,a-b-2,1\r\nx,x-2,4\r\n');
  assert.equal(statSync(join(folder, 'tickets.ids.csv')).mode, statSync(join(folder, 'tickets.jsonl')).mode);
});

test('nothing is overwritten, and nothing is left of what did not succeed', async (t) => {
  const source = temporaryFile(t, 'tickets.jsonl', requestLine('a b'));
  const options = { context: context(), rules: new Set(['custom-id']), idsTarget: source };
  const target = join(dirname(source), 'fixed.jsonl');
  await assert.rejects(fixFile(source, source, options), { code: 'EEXIST' });
  await assert.rejects(fixFile(source, target, options), { code: 'EEXIST' });
  assert.equal(readFileSync(source, 'utf8'), requestLine('a b'));
  assert.deepEqual(readdirSync(dirname(source)), ['tickets.jsonl']);
});

test('what requests share is marked in each that shares it, in blocks and in strings', async (t) => {
  const shared = 'Answer as the handbook of the company says. '.repeat(200);
  const line = (id: string, system: unknown) =>
    JSON.stringify({
      custom_id: id,
      params: { model: 'claude-opus-5-5', max_tokens: 1024, system, messages: [{ role: 'user', content: id }] },
    });
  const block = { type: 'text', text: shared };
  const mark = { cache_control: { type: 'ephemeral', ttl: '1h' } };
  const ids = Array.from({ length: 20 }, (_, i) => `r-${i}`);
  const lines = [line('x', 'Be brief.'), ...ids.map((id, i) => line(id, i % 2 ? shared : [block]))];
  const { text, changed } = await fixed(t, lines.join('\n'), 'cache-breakpoint-missing');
  const expected = [line('x', 'Be brief.'), ...ids.map((id) => line(id, [{ ...block, ...mark }]))];
  assert.equal(text, expected.join('\n'));
  assert.equal(changed, 20);
  assert.equal((await fixed(t, text, 'cache-breakpoint-missing')).changed, 0);
});
