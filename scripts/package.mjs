// `npm run package`: builds dist/ and packs what .vscodeignore lets through into dist/message-batches.vsix.
import { run } from './run.mjs';

run('esbuild.mjs');
run(
  'node_modules/@vscode/vsce/vsce',
  'package',
  '--no-dependencies',
  '--no-rewrite-relative-links',
  '--allow-missing-repository',
  '--out',
  'dist/message-batches.vsix',
);
