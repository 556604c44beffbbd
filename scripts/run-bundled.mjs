import { build } from 'esbuild';
import { run } from './run.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

/** Bundles `entry` (a path below the repository, which is the working directory) into `outfile` and runs it; says whether it succeeded. */
export async function runBundled(entry, outfile, ...args) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [validatorPlugin],
  });
  return run(outfile, ...args);
}
