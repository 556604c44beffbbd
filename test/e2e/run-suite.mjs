// Runs the suite in suite/ inside VS Code's extension host, with the extension as it lies in this repository.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { temporaryFolder } from '../../scripts/at-exit.mjs';
import { browserOptions } from './hosts/browser.mjs';
import { copySamples } from './hosts/samples.mjs';
import { startServer } from './hosts/vscode-server.mjs';
import { bundleSuite, readReport, root } from './suite.mjs';

const secondsToRun = 120;

/** Runs the suite on `host`; returns how many tests `passed` and `failed`. Throws when it did not come to an end. */
export async function runSuite(host) {
  const home = temporaryFolder('message-batches-suite');
  const results = path.join(home, 'results.json');
  const suite = await bundleSuite();
  const server = await startServer(host, {
    home: path.join(home, 'vscode'),
    env: { E2E_RESULTS: results },
    testDriver: true,
  });
  const browser = await chromium.launch(await browserOptions());
  try {
    const remote = (file) => `vscode-remote://${server.authority}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(suite)],
    ];
    await ended(await browser.newPage(), server.address(copySamples(home), payload));
  } catch (error) {
    throw new Error(`${error.message}\n${readFileSync(server.log, 'utf8').slice(-2000)}`);
  } finally {
    await browser.close();
    await server.stop();
  }
  return readReport(results);
}

/** Opens the workbench and waits until VS Code says that the suite has ended; its test driver calls these two functions. */
async function ended(page, address) {
  let timer;
  const said = [];
  await page.exposeFunction('codeAutomationLog', (_, lines) => said.push(lines.join(' ')));
  const end = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The suite ${why}:\n${said.slice(-20).join('\n')}`));
    timer = setTimeout(() => fail(`did not end within ${secondsToRun} s`), secondsToRun * 1000);
    page.once('crash', () => fail('lost its page, which crashed'));
    page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.goto(address);
  await end.finally(() => clearTimeout(timer));
}
