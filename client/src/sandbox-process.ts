import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface RunningSandbox {
  readonly url: string;
  readonly token: string;
}

/**
 * Runs the sandbox's bundle as a process and resolves when it listens; `onComplaint` gets each line of its stderr. Throws
 * when it ends before, with the reason that it gave.
 */
export async function startSandbox(
  bundle: string,
  onComplaint: (line: string) => void,
): Promise<RunningSandbox & { readonly child: ChildProcess }> {
  const child = forkBundle(bundle);
  if (!child.stdout || !child.stderr) throw new Error('The sandbox could not be started: it has no output.');
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (complaints.length < MOST_COMPLAINTS) complaints.push(line);
    onComplaint(line);
  });
  const listening = once(createInterface({ input: child.stdout }), 'line');
  // `close` comes after the last line of stderr, `exit` may come before it.
  const [address] = await Promise.race([listening, once(child, 'close').then(() => [])]);
  if (address === undefined) throw new Error(`The sandbox could not be started${reasonIn(complaints)}`);
  return { ...(JSON.parse(String(address)) as RunningSandbox), child };
}

/** Enough to hold the reason of a crash. */
const MOST_COMPLAINTS = 50;

/** The editor's own Node runs it; in a desktop editor that must be told to be one. */
function forkBundle(bundle: string): ChildProcess {
  return fork(bundle, [], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Of a crash the line with the error, which stands below the source that threw it. */
function reasonIn(complaints: readonly string[]): string {
  const reason = complaints.find((line) => /^\w*Error\b/.test(line)) ?? complaints[0];
  return reason ? `: ${reason}` : '.';
}
