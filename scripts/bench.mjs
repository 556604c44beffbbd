// `npm run bench [argument]…` builds what is measured, bundles bench/main.ts and what it starts, and runs it.
import path from 'node:path';
import { build } from 'esbuild';
import { run } from './run.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
if (!run('esbuild.mjs', 'extension', 'server', 'check-worker', 'results-worker')) process.exit(1);
await build({
  entryPoints: {
    bench: 'bench/main.ts',
    'bench-process': 'bench/process.ts',
    'bench-null-server': 'bench/null-server.ts',
    'bench-local-api': 'bench/local-api.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [validatorPlugin],
});
if (!run('dist/bench.js', ...process.argv.slice(2))) process.exitCode = 1;
