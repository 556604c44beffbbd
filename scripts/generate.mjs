// `npm run generate` writes all generated files; with `--check` nothing is written, and stale ones are named.
import { run } from './run.mjs';

const generators = ['scripts/generate-schemas.mjs', 'scripts/generate-rules.mjs'];

const done = generators.filter((generator) => run(generator, ...process.argv.slice(2)));
if (done.length < generators.length) process.exitCode = 1;
