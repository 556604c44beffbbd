import { spawnSync } from 'node:child_process';

/** Runs a script with this Node, its output on ours; says whether it succeeded. */
export function run(script, ...args) {
  return runWith({}, script, ...args);
}

/** The same with more in its environment. */
export function runWith(more, script, ...args) {
  const env = { ...process.env, ...more };
  return spawnSync(process.execPath, [script, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
