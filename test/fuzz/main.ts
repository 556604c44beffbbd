import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';
import { fuzzLikeLines } from './like-lines';

const { values } = parseArgs({
  options: {
    lines: { type: 'string' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    processes: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 32 : Number(values.seed);
const lines = Number(values.lines ?? 1_000_000);
const forMs = values.seconds === undefined ? Number.POSITIVE_INFINITY : Number(values.seconds) * 1000;
const processes = Number(values.processes ?? availableParallelism());
const begun = performance.now();

if (processes > 1) void shareOut();
else run();

/** As many processes as there are cores, each with lines of its own. */
async function shareOut(): Promise<void> {
  const limit = values.seconds === undefined ? [] : ['--seconds', values.seconds];
  const ends = Array.from({ length: processes }, (_, i) => {
    const share = ['--processes', '1', '--seed', String(seed + i), '--lines', String(Math.ceil(lines / processes))];
    return once(fork(__filename, [...share, ...limit]), 'exit') as Promise<[number | null]>;
  });
  for (const [code] of await Promise.all(ends)) if (code !== 0) process.exitCode = 1;
}

function run(): void {
  console.log(`Seed ${seed}: run again with --processes 1 --seed ${seed} --lines ${lines}.`);
  const result = fuzz({
    seed,
    lines,
    forMs,
    onProgress: (soFar) => {
      if (soFar.lines % 100_000 === 0) console.log(`${soFar.lines.toLocaleString('en-US')} lines, ${seconds()} s`);
    },
  });
  const { slowest, byRule } = result;
  console.log(
    `${result.lines.toLocaleString('en-US')} lines in ${seconds()} s, none threw; ${result.findings.toLocaleString('en-US')} findings of ${byRule.size} rules; slowest ${slowest.ms.toFixed(0)} ms for ${slowest.line.length} characters.`,
  );
  if (values.seconds === undefined) {
    const like = fuzzLikeLines({
      seed,
      lines,
      onProgress: (made) => {
        if (made % 100_000 === 0) console.log(`${made.toLocaleString('en-US')} lines like others, ${seconds()} s`);
      },
    });
    console.log(
      `${like.lines.toLocaleString('en-US')} lines like others in ${seconds()} s, all judged as by themselves; ${like.known.toLocaleString('en-US')} of them were known.`,
    );
  }
}

function seconds(): string {
  return ((performance.now() - begun) / 1000).toFixed(0);
}
