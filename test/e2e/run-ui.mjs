// Runs the tests in ui/, which drive VS Code in a browser as a person does, with the extension installed from its .vsix.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { temporaryFolder } from '../../scripts/at-exit.mjs';
import { runTests } from '../../scripts/node-tests.mjs';
import { startSandbox } from '../../scripts/sandbox-process.mjs';
import { browserOptions } from './hosts/browser.mjs';
import { folder } from './hosts/hosts.mjs';
import { copySamples } from './hosts/samples.mjs';
import { startServer } from './hosts/vscode-server.mjs';

/**
 * Runs the tests on `host` with the package from dist/; returns how many `passed` and `failed`. Screenshots go to shots/.
 * A sandbox with a key that does not look like a sandbox's stands for the API.
 */
export async function runUi(host) {
  const home = temporaryFolder('message-batches-ui');
  const samples = copySamples(home);
  const api = await startSandbox('--token', 'a-key-of-the-tests-x4f2', '--processing-ms', '4000');
  const server = await startServer(host, {
    home: path.join(home, 'vscode'),
    vsix: 'dist/message-batches.vsix',
    settings: { 'messageBatches.baseUrl': api.url },
    // What the tests' proxy vouches with.
    env: { ANTHROPIC_API_KEY: api.token, NODE_EXTRA_CA_CERTS: path.resolve('test', 'fixtures', 'tls', 'ca.pem') },
  });
  const browser = await chromium.launchServer(await browserOptions());
  const stage = {
    address: server.address(samples),
    browser: browser.wsEndpoint(),
    settings: server.settings,
    key: api.token,
    samples,
    state: path.join(home, 'vscode', 'state'),
    api: { url: api.url, token: api.token },
    shots: path.join(folder, 'shots', host.name),
  };
  try {
    const files = readdirSync(path.join(folder, 'ui')).map((name) => path.join('test', 'e2e', 'ui', name));
    return await runTests(files, {
      parent: path.join(folder, '.cache'),
      env: { E2E_STAGE: JSON.stringify(stage) },
      // One person at a time: the windows share a server and its samples.
      flags: ['--test-concurrency=1'],
    });
  } finally {
    await browser.close();
    await server.stop();
    await api.stop();
  }
}
