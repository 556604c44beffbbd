// What must be undone when this process ends, however it ends: normally, by an error, by Ctrl-C.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const millisecondsToEnd = 300;
const windows = process.platform === 'win32';
const cleanups = [];

/** Runs `cleanup` (synchronous) when this process ends; last in, first out. */
export function atExit(cleanup) {
  if (cleanups.length === 0) listen();
  cleanups.push(cleanup);
}

/** A new folder under the system's temporary one, gone with this process. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), `${name}-`));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/**
 * Starts a command in a process group of its own, so that it ends with all its children, and with this process.
 * Returns the child with `stop()`, which resolves when it is gone, and `gone`, a promise of the same.
 */
export function startGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: !windows });
  const gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const stop = () => {
    if (child.pid) killGroup(child.pid);
    return gone;
  };
  atExit(stop);
  return Object.assign(child, { gone, stop });
}

/** Ends a process and its children, with a moment to do so by themselves; nothing happens where they are gone already. */
export function killGroup(pid) {
  if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else if (signal(pid, 'SIGTERM')) {
    // Synchronously, since this also runs when the event loop has ended.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millisecondsToEnd);
    signal(pid, 'SIGKILL');
  }
}

function signal(pid, name) {
  try {
    return process.kill(-pid, name);
  } catch {
    return false;
  }
}

function listen() {
  process.on('exit', () => {
    for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  });
  for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
    process.on(signal, () => process.exit(128 + number));
  }
}
