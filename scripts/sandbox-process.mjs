// Runs the sandbox from dist/ as a process of its own, for `npm start` and the editor level of the tests.
import { createInterface } from 'node:readline';
import { startGroup } from './at-exit.mjs';

/** Starts it with `args`; returns its `url` and `token`, `gone` (a promise) and `stop()`. It ends with this process, too. */
export async function startSandbox(...args) {
  const child = startGroup(process.execPath, ['dist/sandbox.js', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return { ...JSON.parse(line), gone: child.gone, stop: child.stop };
  }
  throw new Error('The sandbox did not start.');
}
