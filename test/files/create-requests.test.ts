import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { createFile, previewCreation } from '../../files/from-data/create-requests';
import { context } from '../support/contexts';
import { temporaryFolder } from '../support/folders';

const TEMPLATE = {
  custom_id: '{{id}}',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: '{{limit}}',
    messages: [{ role: 'user', content: 'About "{{ text }}"' }],
  },
};

interface Made {
  readonly folder: string;
  readonly requests: { custom_id: string; params: Record<string, never> & { messages: { content: unknown }[] } }[];
  readonly renamed: number;
  readonly ids: string | undefined;
  readonly skipped: readonly string[];
}

async function made(
  t: TestContext,
  name: string,
  data: string | Buffer | null,
  template: object = TEMPLATE,
): Promise<Made> {
  const folder = temporaryFolder(t);
  const at = (file: string): string => join(folder, file);
  writeFileSync(at('a.template.json'), JSON.stringify(template, null, 2));
  if (data !== null) writeFileSync(at(name), data);
  else fillFolder(at(name));
  const source = { template: at('a.template.json'), data: at(name) };
  const { renamed, skipped } = await createFile(source, at('a.batch.jsonl'), { idsTarget: at('a.ids.csv') });
  const lines = readFileSync(at('a.batch.jsonl'), 'utf8').trimEnd().split('\n');
  const ids = existsSync(at('a.ids.csv')) ? readFileSync(at('a.ids.csv'), 'utf8') : undefined;
  return { folder, requests: lines.map((line) => JSON.parse(line)), renamed, ids, skipped };
}

const contents = ({ requests }: Made): unknown[] => requests.map(({ params }) => params.messages[0]?.content);

test('a column alone becomes a number where the API takes one', async (t) => {
  const { requests } = await made(t, 'a.csv', 'id,limit,text\nx,64,"say ""hi"",\nagain"\n');
  assert.equal(requests[0]?.params.max_tokens, 64);
  assert.equal(requests[0]?.params.messages[0]?.content, 'About "say "hi",\nagain"');
});

test('tables of other countries and programs', async (t) => {
  const rows = ['id;limit;text', 'x;64;a,b', ''].join('\r\n');
  assert.deepEqual(contents(await made(t, 'a.csv', `\uFEFF${rows}`)), ['About "a,b"']);
  assert.deepEqual(contents(await made(t, 'a.tsv', 'id\tlimit\ttext\nx\t64\tä;b\n')), ['About "ä;b"']);
  const utf16 = Buffer.from('\uFEFFid\tlimit\ttext\r\nx\t64\tö\r\n', 'utf16le');
  assert.deepEqual(contents(await made(t, 'a.tsv', utf16)), ['About "ö"']);
  await assert.rejects(made(t, 'a.csv', Buffer.from('id,limit,text\nx,64,\xe4\n', 'latin1')), /no UTF-8 text/);
});

test('JSON: an array, the only array of an object, and lines', async (t) => {
  const rows = [{ id: 1, limit: 64, text: ['a'] }];
  for (const [name, data] of [
    ['a.json', JSON.stringify(rows, null, 2)],
    ['a.json', JSON.stringify({ rows })],
    ['a.json', `${JSON.stringify(rows[0])}\n${JSON.stringify(rows[0])}`],
    ['a.jsonl', JSON.stringify(rows[0])],
  ] as const) {
    const { requests } = await made(t, name, data);
    assert.equal(requests[0]?.custom_id, '1');
    assert.equal(requests[0]?.params.messages[0]?.content, 'About "["a"]"');
  }
});

test('a folder: texts, images and PDFs as content blocks, by path', async (t) => {
  const template = {
    custom_id: '{{path}}',
    params: { model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: ['{{block}}'] }] },
  };
  const { requests, skipped, ids } = await made(t, 'files', null, template);
  assert.deepEqual(
    requests.map(({ custom_id: id }) => id),
    ['2-txt', '10-txt', 'inner-a-png', 'inner-b-pdf'],
  );
  const [, , image, pdf] = requests.map(
    ({ params }) => (params.messages[0] as { content: { source: object }[] }).content[0]?.source,
  );
  assert.deepEqual(image, { type: 'base64', media_type: 'image/png', data: PNG.toString('base64') });
  assert.deepEqual(pdf, {
    type: 'base64',
    media_type: 'application/pdf',
    data: Buffer.from('%PDF-1.7').toString('base64'),
  });
  assert.deepEqual(skipped, ['program']);
  assert.match(ids ?? '', /^inner\/a\.png,inner-a-png,3\r$/m);
});

test('ids are made legal and unique, and the old ones kept', async (t) => {
  const { requests, renamed, ids } = await made(t, 'a.csv', 'id,limit,text\na b,1,x\na-b,1,x\nc,1,x\nc,1,x\n');
  assert.deepEqual(
    requests.map(({ custom_id: id }) => id),
    ['a-b', 'a-b-2', 'c', 'c-2'],
  );
  assert.equal(renamed, 3);
  assert.equal(ids, 'old_custom_id,new_custom_id,line\r\na b,a-b,1\r\na-b,a-b-2,2\r\nc,c-2,4\r\n');
});

test('what is wrong is said in a sentence, and nothing is left', async (t) => {
  const rejected: [string, string, RegExp][] = [
    ['a.csv', 'id,limits,text\nx,1,y\n', /The data has no column "limit"; did you mean "limits"\?/],
    ['a.csv', 'id,limit,text\nx,many,y\n', /Row 1 of the data: "many" in column "limit" is no number\./],
    ['a.csv', 'id,limit,text\nx,1,"y\n', /a quote is not closed \(line 2\)/],
    ['a.csv', 'id,limit,text\nx,1,y,z\n', /Row 1 of the data has 4 fields, and the header names 3\./],
    ['a.csv', 'id,id\n', /The header of the data names "id" twice\./],
    ['a.json', '{"a":1', /no JSON object/],
    ['a.json', '"a"', /no JSON array of objects/],
  ];
  for (const [name, data, message] of rejected) await assert.rejects(made(t, name, data), { message });
});

test('a preview judges all requests and shows the first', async (t) => {
  const folder = temporaryFolder(t);
  const source = { template: join(folder, 't.json'), data: join(folder, 'a.csv') };
  writeFileSync(source.template, JSON.stringify(TEMPLATE));
  const rows = Array.from({ length: 300 }, (_, i) => `r ${i},${i === 7 ? 0 : 64},text`);
  writeFileSync(source.data, `id,limit,text\n${rows.join('\n')}\n`);
  const preview = await previewCreation(source, context());
  assert.deepEqual([preview.requests, preview.renamed, preview.first.length], [300, 300, 5]);
  assert.equal(preview.counts.error, 1);
  assert.ok((preview.estimate.usd?.input.expected ?? 0) > 0);
  assert.equal(JSON.parse(preview.first[0]?.line ?? '').custom_id, 'r-0');
  await createFile(source, join(folder, 'out.jsonl'), { idsTarget: join(folder, 'ids.csv') });
  assert.equal(preview.bytes, readFileSync(join(folder, 'out.jsonl')).length);
});

test('a creation that is stopped leaves nothing', async (t) => {
  const folder = temporaryFolder(t);
  const source = { template: join(folder, 't.json'), data: join(folder, 'a.csv') };
  writeFileSync(source.template, JSON.stringify(TEMPLATE));
  writeFileSync(source.data, `id,limit,text\n${'x,64,text\n'.repeat(300_000)}`);
  const stop = new AbortController();
  const options = { idsTarget: join(folder, 'ids.csv'), signal: stop.signal, onProgress: () => stop.abort() };
  await assert.rejects(createFile(source, join(folder, 'out.jsonl'), options), { name: 'AbortError' });
  assert.equal(existsSync(join(folder, 'out.jsonl')), false);
  assert.equal(existsSync(join(folder, '.out.jsonl.part')), false);
});

test('whatever a table holds comes through', async (t) => {
  const cell = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const csv = `"a","{b}"\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
      const template = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x{{a}}y' }] };
      const result = await made(t, 'a.csv', csv, template);
      assert.deepEqual(
        contents(result),
        rows.map(([a]) => `x${a}y`),
      );
    }),
    { numRuns: 30 },
  );
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000320000002580802000000', 'hex');

function fillFolder(folder: string): void {
  mkdirSync(join(folder, 'inner'), { recursive: true });
  writeFileSync(join(folder, '10.txt'), 'ten');
  writeFileSync(join(folder, '2.txt'), 'two');
  writeFileSync(join(folder, '.hidden'), 'no');
  writeFileSync(join(folder, 'program'), Buffer.from([0, 1, 2, 255]));
  writeFileSync(join(folder, 'inner', 'a.png'), PNG);
  writeFileSync(join(folder, 'inner', 'b.pdf'), '%PDF-1.7');
}
