import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { keyTail } from '../../runs/run';
import { submitRun } from '../../runs/submit';
import { apiOf, checkOf, MODELS, newWorld } from './setup';

test('a key is in no journal, no lock and no error, whether it is taken or refused', async (t) => {
  const world = await newWorld(t);
  const refused = 'sk-ant-planted-0123456789-abcdefgh';
  const source = await world.write(['a', 'b']);
  const said: unknown[] = [];
  for (const key of [refused, world.sandbox.token]) {
    const api = apiOf(world.sandbox.url, key);
    const draft = { source, sandbox: false, key: { name: 'planted', tail: keyTail(key) } };
    said.push(await submitRun({ draft, check: await checkOf(source), api, journal: world.journal, models: MODELS }));
    said.push(await api.retrieve('msgbatch_none').catch((error: unknown) => error));
  }
  const stateDir = world.journal.stateDir;
  const names = await readdir(stateDir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const all = [...texts, inspect(said, { depth: 12, showHidden: true })].join('\n');
  assert.match(all, /"name":"planted"/);
  assert.match(all, /refused|not accept|401/i);
  for (const key of [refused, world.sandbox.token]) assert.equal(all.includes(key), false);
});
