import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateFile, PreviewCreation, StarterTemplate } from '../../server/src/protocol';
import { temporaryFolder } from '../support/folders';
import { startClient, uriOf } from './client';

test('a file is made from a table and a template that was begun for it', async (t) => {
  const { connection } = await startClient(t);
  const at = (name: string): string => join(folder, name);
  const folder = temporaryFolder(t);
  writeFileSync(at('a.csv'), 'id,text\n1 a,x\n2,y\n');
  const data = uriOf(at('a.csv'));
  const text = await connection.sendRequest(StarterTemplate, { data });
  assert.match(text, /"custom_id": "\{\{id\}\}"/);
  writeFileSync(at('t.json'), text);
  const source = { template: uriOf(at('t.json')), data };
  const preview = await connection.sendRequest(PreviewCreation, source);
  assert.deepEqual([preview.requests, preview.renamed, preview.counts.error], [2, 1, 0]);
  const targets = { target: uriOf(at('out.jsonl')), idsTarget: uriOf(at('ids.csv')) };
  await connection.sendRequest(CreateFile, { ...source, ...targets });
  assert.match(readFileSync(at('out.jsonl'), 'utf8').split('\n')[1] ?? '', /^\{"custom_id":"2",.*"content":"text: y"/);
  assert.ok(existsSync(at('ids.csv')));
  await assert.rejects(connection.sendRequest(CreateFile, { ...source, ...targets }), /exist/i);
  writeFileSync(at('t.json'), '{"model":"{{modle}}"}');
  await assert.rejects(connection.sendRequest(PreviewCreation, source), /The data has no column "modle"/);
});
