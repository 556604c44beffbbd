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

/** A person mostly waits for what they see, so that two of them keep a machine busy. */
const AT_ONCE = 2;

/**
 * Runs the tests on `host` with the package from dist/; returns how many `passed` and `failed`. Screenshots go to shots/.
 * `persons` are how the names of the files begin that are run.
 */
export async function runUi(host, persons = host.persons) {
  const names = readdirSync(path.join(folder, 'ui')).filter((name) => persons.some((part) => name.startsWith(part)));
  const total = { passed: 0, failed: 0 };
  const oneByOne = async () => {
    for (let name = names.shift(); name; name = names.shift()) {
      const { passed, failed } = await runTwiceAtMost(name, () => runFile(host, name));
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  return total;
}

/** On a busy machine a browser loses a key now and then: what failed is tried once more from the start, and said to be. */
async function runTwiceAtMost(name, runOnce) {
  const first = await runOnce();
  if (first.failed === 0) return first;
  console.log(`↻ ${name} failed and is tried once more`);
  return runOnce();
}

/**
 * Each file of tests is a person of their own, with their own browser and clipboard, samples, runs and settings.
 * A sandbox with a key that does not look like a sandbox's stands for the API.
 */
async function runFile(host, name) {
  const browser = await chromium.launchServer(await browserOptions());
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
    return await runTests([path.join('test', 'e2e', 'ui', name)], {
      parent: path.join(folder, '.cache'),
      env: { E2E_STAGE: JSON.stringify(stage) },
    });
  } finally {
    await server.stop();
    await api.stop();
    await browser.close();
  }
}
