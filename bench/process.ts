import { readFileSync } from 'node:fs';
import { type CaseName, cases } from './cases';

/** Runs one case as a process of its own, so that its peak of memory is its own: `bench-process.js NAME ARGUMENT…`. */
async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const run: (...args: string[]) => Promise<number> = cases[name as CaseName];
  const ms = await run(...args);
  process.send?.({ ms, peak: peakMemory() }, () => process.disconnect());
}

/** Bytes. What Node says of a child is never less than its parent had when it started it, which the kernel's own is. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

void main();
