import path from 'node:path';
import { build } from 'esbuild';
import { validatorPlugin } from './validator-plugin.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** What a module of this source, which may import the core's files, exports: bundled as the extension bundles them. */
export async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [validatorPlugin],
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
