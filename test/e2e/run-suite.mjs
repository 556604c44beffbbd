// Runs the suite in suite/ inside VS Code's extension host, with the extension as it lies in this repository.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { temporaryFolder } from '../../scripts/at-exit.mjs';
import { browserOptions } from './hosts/browser.mjs';
import { folder } from './hosts/hosts.mjs';
import { copySamples } from './hosts/samples.mjs';
import { startServer } from './hosts/vscode-server.mjs';

const secondsToRun = 120;

export const root = path.resolve(folder, '..', '..');

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
  return report(results);
}

/** Bundles the suite; returns the path of the module whose `run()` VS Code calls. */
export async function bundleSuite() {
  const outdir = path.join(folder, '.cache', 'suite');
  await build({
    entryPoints: [path.join(folder, 'suite', '*.ts')],
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
  return path.join(outdir, 'index.js');
}

/** Prints what mocha noted, and counts it. */
export function report(results) {
  if (!existsSync(results)) throw new Error('The suite left no results.');
  const { stats, tests } = JSON.parse(readFileSync(results, 'utf8'));
  for (const { fullTitle, duration, err } of tests) {
    console.log(`${err.message === undefined ? '✔' : '✖'} ${fullTitle} (${duration ?? 0}ms)`);
    if (err.stack) console.log(err.stack);
  }
  return { passed: stats.passes, failed: stats.failures + stats.pending };
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
