// `npm run test:desktop` runs the suite inside desktop VS Codes, downloaded by @vscode/test-electron: the oldest supported
// one and the newest one. Needs a display (on Linux without one: `xvfb-run npm run test:desktop`).
import path from 'node:path';
import { temporaryFolder } from '../../scripts/at-exit.mjs';
import { ensureInstalled } from '../../scripts/install.mjs';
import { run } from '../../scripts/run.mjs';
import { folder, hosts } from './hosts/hosts.mjs';
import { copySamples } from './hosts/samples.mjs';
import { cleanEnvironment } from './hosts/settings.mjs';

const root = path.resolve(folder, '..', '..');

process.chdir(root);
ensureInstalled(root);
ensureInstalled(folder);
if (!run('esbuild.mjs')) process.exit(1);

const { runTests } = await import('@vscode/test-electron');
const { bundleSuite, readReport } = await import('./suite.mjs');
const suite = await bundleSuite();
for (const version of [hosts.at(-1).version, 'stable']) {
  const home = temporaryFolder('message-batches-desktop');
  const results = path.join(home, 'results.json');
  const code = await runTests({
    version,
    cachePath: path.join(folder, '.cache', 'desktop'),
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: cleanEnvironment(home, { E2E_RESULTS: results }),
    launchArgs: [copySamples(home), '--user-data-dir', path.join(home, 'data'), '--disable-workspace-trust'],
  });
  const { passed, failed } = readReport(results);
  console.log(`VS Code ${version}: ${passed} passed, ${failed} failed`);
  if (code !== 0 || failed > 0) process.exitCode = 1;
}
