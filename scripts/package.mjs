// `npm run package`: builds dist/ and packs what .vscodeignore lets through into dist/message-batches.vsix.
import { run } from './run.mjs';

const vsce = 'node_modules/@vscode/vsce/vsce';
const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];

const packed = run('esbuild.mjs') && run(vsce, 'package', ...flags, '--out', 'dist/message-batches.vsix');
if (!packed) process.exitCode = 1;
