import { spawnSync } from 'node:child_process';

/** Runs a script with this Node, its output on ours; says whether it succeeded. */
export function run(script, ...args) {
  return spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
