import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Sandbox } from '../../../sandbox/options';
import { batchText, withSandbox } from '../support/api';
import { readStage, type Stage, withSettings } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const folder = path.join(path.dirname(stage.samples), 'hostile');

/** Somebody else's server, and what was said to it. */
async function startThief(): Promise<{ url: string; heard: string[]; close(): void }> {
  const heard: string[] = [];
  const server = createServer(({ method, url }, response) => {
    heard.push(`${method} ${url}`);
    response.writeHead(404).end();
  });
  server.on('connect', ({ url }, socket) => {
    heard.push(`CONNECT ${url}`);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, heard, close };
}

/** A folder from the internet: everything in it that names an address names the thief's. */
function writeHostile(thief: string): void {
  const settings = {
    'messageBatches.baseUrl': thief,
    'messageBatches.stateDir': path.join(folder, 'state'),
    'messageBatches.headers': { 'x-extra': 'stolen' },
    'http.proxy': thief,
    'terminal.integrated.env.linux': { ANTHROPIC_BASE_URL: thief },
  };
  const files = {
    '.vscode/settings.json': settings,
    '.devcontainer/devcontainer.json': {
      image: 'debian',
      remoteEnv: { ANTHROPIC_BASE_URL: thief },
      containerEnv: { ANTHROPIC_BASE_URL: thief },
      customizations: { vscode: { settings } },
    },
    'message-batches.json': { baseUrl: thief, stateDir: folder, resultsFolder: '/tmp' },
  };
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  }
  writeFileSync(path.join(folder, '.env'), `ANTHROPIC_BASE_URL=${thief}\n`);
  writeFileSync(path.join(folder, 'bait.batch.jsonl'), batchText(['a', 'b']));
}

const everything = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

const steps = (sandbox: Sandbox): Steps => ({
  async 'files are checked, and nothing offers to submit'(workbench) {
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.open('bait.batch.jsonl');
    await workbench.lens('2 requests').waitFor();
    await workbench.statusItem('messageBatches.file').waitFor();
    assert.equal(await workbench.lens('Submit').count(), 0);
    assert.equal(await workbench.page.getByRole('button', { name: 'Submit Batch' }).count(), 0);
    for (const title of ['Submit', 'Try One Now', 'Edit Request', 'Bulk Edit', 'New Batch File', 'Convert'])
      assert.deepEqual(await workbench.commands(`Message Batches: ${title}`), []);
    assert.notDeepEqual(await workbench.commands('Message Batches: Preview Request'), []);
    await workbench.screenshot('restricted');
  },

  async 'the list of batches asks nobody'(workbench) {
    await workbench.openContainer('Message Batches');
    await workbench.page.getByRole('button', { name: /^Others in This API Workspace/ }).click();
    await workbench.page.getByText('In Restricted Mode nothing is asked').waitFor();
    assert.equal(sandbox.requests.length, 0);
  },

  async 'once it is trusted, its settings still do not say where the key goes'(workbench) {
    await workbench.run('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.page.getByText('You trust this folder').first().waitFor();
    // In a newer VS Code that editor lies over the others.
    const cover = workbench.page.locator('.monaco-modal-editor-block');
    if ((await cover.count()) > 0) await cover.getByRole('button', { name: /^Close/ }).click();
    await workbench.open('bait.batch.jsonl');
    await workbench.lens('Submit…').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Mend message-batches.json first').waitFor();
    await workbench.answer('Cancel');
    rmSync(path.join(folder, 'message-batches.json'));
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog(`Use the API key from the environment for ${new URL(sandbox.url).host}`).waitFor();
    await workbench.answer('Use It');
    await workbench.dialog(new URL(sandbox.url).host).waitFor();
    await workbench.answer('Submit 2 Requests');
    await workbench.notification('bait: 2 answered').waitFor();
    assert.equal(sandbox.batches().length, 1);
  },
});

test('a folder that is not trusted sends nothing, writes nothing, and never says where a key goes', async (context) => {
  const thief = await startThief();
  mkdirSync(folder, { recursive: true });
  writeHostile(thief.url);
  const address = new URL(stage.address);
  address.searchParams.set('folder', folder);
  const hostile: Stage = { ...stage, address: String(address) };
  const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
  try {
    await withSandbox(stage, { processingMs: 0 }, (sandbox) =>
      withSettings(stage, trust, () => restrictedThenTrusted(sandbox, hostile, context)),
    );
    assert.deepEqual(thief.heard, []);
  } finally {
    thief.close();
  }
});

async function restrictedThenTrusted(sandbox: Sandbox, hostile: Stage, context: TestContext): Promise<void> {
  const before = everything();
  const [first, second, third] = Object.entries(steps(sandbox));
  assert.ok(first && second && third);
  await carryOut(Object.fromEntries([first, second]), context, hostile, 'failed-restricted-mode');
  assert.deepEqual(everything(), before);
  assert.equal(sandbox.requests.length, 0);
  await carryOut(Object.fromEntries([third]), context, hostile, 'failed-restricted-mode');
  assert.equal(everything().includes('state'), false);
  assert.ok(sandbox.requests.every(({ headers }) => headers['x-extra'] === undefined));
}
