import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startSandbox } from '../../client/src/sandbox-process';
import { newFolder } from '../runs/setup';

async function script(t: TestContext, source: string): Promise<string> {
  const file = path.join(await newFolder(t), 'sandbox.js');
  await writeFile(file, source);
  return file;
}

test('a sandbox is there once it has said where', async (t) => {
  const bundle = await script(
    t,
    `console.error('slow disk'); console.log('{"url":"http://127.0.0.1:1","token":"t"}'); process.on('disconnect', () => {});`,
  );
  const lines: string[] = [];
  const { url, token, child } = await startSandbox(bundle, (line) => lines.push(line));
  child.kill();
  await once(child, 'close');
  assert.deepEqual([url, token, lines], ['http://127.0.0.1:1', 't', ['slow disk']]);
});

test('why it could not be started is said', async (t) => {
  const starting = async (source: string) => startSandbox(await script(t, source), () => {});
  const refused = starting(`process.stderr.write('The port is taken.\\n'); process.exit(2);`);
  await assert.rejects(refused, { message: 'The sandbox could not be started: The port is taken.' });
  await assert.rejects(starting(`null.x`), /could not be started: TypeError: Cannot read/);
  await assert.rejects(starting(''), { message: 'The sandbox could not be started.' });
});
