// Builds dist/: one bundle per process or lazily loaded part.
// `node esbuild.mjs [name]…` builds all or the named bundles for release; `--watch` builds with source maps, again and again.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';
import { notices } from './scripts/notices.mjs';
import { validatorPlugin } from './scripts/validator-plugin.mjs';

/**
 * What runs in Node. Bundles load one another by name, when needed: `require('./runs.js')`. `extension` is the small stub
 * that VS Code loads at its start.
 */
const node = {
  extension: 'client/src/extension.ts',
  client: 'client/src/main.ts',
  runs: 'runs/index.ts',
  server: 'server/src/main.ts',
  'check-worker': 'files/check-worker.ts',
  'results-worker': 'results/thread/worker.ts',
  sandbox: 'sandbox/main.ts',
  cli: 'cli/main.ts',
};

/** What runs in a web view. */
const browser = { webview: 'client/src/webview/main.ts', 'trial-answers': 'client/src/webview/trial-answers.ts' };

process.chdir(import.meta.dirname);
const watch = process.argv.includes('--watch');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = names.filter((name) => !(name in node) && !(name in browser));
if (unknown.length > 0) throw new Error(`No bundle is named ${unknown.join(' or ')}.`);

const common = {
  outdir: 'dist',
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  metafile: true,
  logLevel: watch ? 'info' : 'warning',
};
const builds = [
  {
    ...common,
    entryPoints: wanted(node),
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    external: ['vscode', ...Object.keys(node).map((name) => `./${name}.js`)],
    plugins: [validatorPlugin, executable('dist/cli.js')],
  },
  { ...common, entryPoints: wanted(browser), platform: 'browser', format: 'iife', target: 'chrome128' },
].filter(({ entryPoints }) => Object.keys(entryPoints).length > 0);

mkdirSync('dist', { recursive: true });
if (watch) {
  const contexts = await Promise.all(builds.map((options) => context(options)));
  for (const each of contexts) await each.rebuild().catch(() => undefined);
  for (const each of contexts) await each.watch();
} else {
  const results = await Promise.all(builds.map((options) => build(options)));
  const bundled = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  if (names.length === 0) writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices(bundled));
}

function wanted(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => names.length === 0 || names.includes(name)));
}

function executable(file) {
  return {
    name: 'executable',
    setup: ({ onEnd }) =>
      onEnd(({ metafile }) => {
        if (metafile && file in metafile.outputs) chmodSync(file, 0o755);
      }),
  };
}
