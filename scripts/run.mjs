import { spawnSync } from 'node:child_process';

/** Runs a script with this Node, its output on ours. Throws when it fails. */
export function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`\`${[script, ...args].join(' ')}\` failed.`);
}
