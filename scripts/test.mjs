// `npm test` installs what is missing, builds, and runs every level of tests; `npm test -- types unit` runs the levels
// whose name begins so. Needs nothing but Node and npm. A level that cannot run is a failed one.
import path from 'node:path';
import { hosts } from '../test/e2e/hosts/hosts.mjs';
import { installHosts } from '../test/e2e/hosts/install.mjs';
import { ensureInstalled } from './install.mjs';
import { run, runWith } from './run.mjs';
import { packageTest, testFiles } from './test-files.mjs';

const root = path.resolve(import.meta.dirname, '..');
const projects = ['.', 'batch', 'client/src/webview', 'test/e2e'];

/** What there is to run, by name. Each returns how many tests `passed` and `failed`, or throws. */
const levels = {
  types: () => checks(projects.map((project) => ['node_modules/typescript/bin/tsc', '-p', project])),
  lint: () => checks([['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']]),
  generated: () => checks([['scripts/generate.mjs', '--check']]),
  unit: () => nodeTests(testFiles()),
  package: () => nodeTests([packageTest]),
  ...Object.fromEntries(hosts.flatMap(editorLevels)),
};

process.chdir(root);
ensureInstalled(root);
installHosts();
// What is packed must hold nothing of the environment that it was built in: the test of the package looks for this.
if (!runWith({ ANTHROPIC_API_KEY: 'sk-ant-planted-where-it-was-built' }, 'scripts/package.mjs')) process.exit(1);

const wanted = process.argv.slice(2);
const names = Object.keys(levels).filter((name) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)));
if (names.length === 0) throw new Error(`No level's name begins with ${wanted.join(' or ')}.`);
const results = [];
for (const name of names) results.push(await runLevel(name));
summarize(results);

function editorLevels(host) {
  return [
    [
      `editor: extension host of VS Code ${host.version}`,
      async () => (await import('../test/e2e/run-suite.mjs')).runSuite(host),
    ],
    [
      `editor: user interface of VS Code ${host.version}`,
      async () => (await import('../test/e2e/run-ui.mjs')).runUi(host),
    ],
  ];
}

async function nodeTests(files) {
  const { runTests } = await import('./node-tests.mjs');
  return runTests(files, { parent: 'dist' });
}

/** Every command is one test, and is run whether the ones before it passed or not. */
function checks(commands) {
  const passed = commands.filter((command) => run(...command)).length;
  return { passed, failed: commands.length - passed };
}

async function runLevel(name) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { passed, failed } = await Promise.resolve(name)
    .then((level) => levels[level]())
    .catch((error) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
  return { name, passed, failed, seconds: (performance.now() - start) / 1000 };
}

/** A level without a single test has not run. */
function summarize(results) {
  console.log();
  for (const { name, passed, failed, seconds } of results) {
    const mark = failed > 0 || passed === 0 ? '✖' : '✔';
    console.log(`${mark} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
  }
  const total = (what) => results.reduce((sum, result) => sum + result[what], 0);
  if (results.some(({ passed, failed }) => failed > 0 || passed === 0)) process.exitCode = 1;
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
}
