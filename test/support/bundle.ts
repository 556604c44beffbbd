import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles entries as they are shipped, into a folder of their own: `{ 'cli.js': 'cli/main.ts' }`. Bundles find each other
 * there by `require('./runs.js')`.
 */
export async function bundled(entries: Readonly<Record<string, string>>): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
  const plugin = pathToFileURL('scripts/validator-plugin.mjs').href;
  const { validatorPlugin } = (await import(plugin)) as { validatorPlugin: Plugin };
  await build({
    entryPoints: Object.entries(entries).map(([out, entry]) => ({ in: entry, out: out.replace(/\.js$/, '') })),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: Object.keys(entries).map((name) => `./${name}`),
    plugins: [validatorPlugin],
    logLevel: 'error',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
