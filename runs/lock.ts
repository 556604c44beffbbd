import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Held until it is released or this process ends. */
export interface Lock {
  release(): Promise<void>;
}

/** The holder touches its lock so often; one that was not touched for some time has lost its holder. */
const TOUCH_MS = 20_000;
const STALE_MS = 5 * 60_000;

/**
 * Takes the lock that a file of this name stands for; null while another process, or another part of this one, holds it.
 * A lock whose holder is gone is taken over.
 */
export async function takeLock(path: string): Promise<Lock | null> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: randomUUID() });
  const taken = (await createNew(path, mine)) || ((await removeStale(path)) && (await createNew(path, mine)));
  return taken ? hold(path, mine) : null;
}

function hold(path: string, mine: string): Lock {
  const touching = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), TOUCH_MS);
  touching.unref();
  return {
    async release() {
      clearInterval(touching);
      if ((await readHolder(path)) === mine) await rm(path, { force: true });
    },
  };
}

async function createNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a stale lock out of the way, and puts it back when another process was quicker and it is theirs by now. */
async function removeStale(path: string): Promise<boolean> {
  const holder = await readHolder(path);
  if (holder === null || !(await isStale(path, holder))) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  const moved = await readHolder(aside);
  if (moved !== holder && moved !== null) await createNew(path, moved);
  await rm(aside, { force: true });
  return moved === holder;
}

async function isStale(path: string, holder: string): Promise<boolean> {
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > STALE_MS) return true;
  const { pid, host } = parseHolder(holder);
  return host === hostname() && pid !== undefined && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseHolder(text: string): { pid?: number; host?: string } {
  try {
    return JSON.parse(text) as { pid?: number; host?: string };
  } catch {
    return {};
  }
}

async function readHolder(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
