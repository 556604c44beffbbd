import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FixFile } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { startClient, uriOf } from './client';

test('a file on disk is mended in a copy', async (t) => {
  const client = await startClient(t);
  const source = temporaryFile(t, 'tickets.jsonl', `${requestLine('a b')}\n\n${requestLine('c')}`);
  const folder = path.dirname(source);
  const targets = {
    target: uriOf(path.join(folder, 'tickets.fixed.batch.jsonl')),
    idsTarget: uriOf(path.join(folder, 'tickets.ids.csv')),
  };
  const params = { uri: uriOf(source), rules: ['custom-id', 'blank-line'], ...targets };
  assert.deepEqual(await client.connection.sendRequest(FixFile, params), { changed: 2, renamed: 1 });
  const copy = readFileSync(path.join(folder, 'tickets.fixed.batch.jsonl'), 'utf8');
  assert.equal(copy, `${requestLine('a-b')}\n${requestLine('c')}`);
  assert.deepEqual(readdirSync(folder).sort(), ['tickets.fixed.batch.jsonl', 'tickets.ids.csv', 'tickets.jsonl']);
  await assert.rejects(client.connection.sendRequest(FixFile, params), /EEXIST/);
});

test('what is on no disk cannot be mended, and is said to be so', async (t) => {
  const client = await startClient(t);
  const uri = 'untitled:tickets.batch.jsonl';
  const params = { uri, rules: [], target: uri, idsTarget: uri };
  await assert.rejects(client.connection.sendRequest(FixFile, params), /save the document first/);
});
