import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isObject } from '../batch/json';
import { bootId } from './instant';

/** Held until it is released or this process ends. */
export interface Lock {
  release(): Promise<void>;
}

/** The holder touches its lock so often. Where nothing else can be known of it, an untouched lock has lost its holder. */
const TOUCH_MS = 20_000;
const STALE_MS = 5 * 60_000;
/** Removing a lock takes milliseconds. */
const REMOVAL_STALE_MS = 30_000;

/**
 * Takes the lock that a file of this name stands for; null while another process, or another part of this one, holds it.
 * A lock whose holder is gone is taken over.
 */
export async function takeLock(path: string): Promise<Lock | null> {
  const mine = JSON.stringify({ ...self(), nonce: randomUUID() });
  const taken = (await createNew(path, mine)) || ((await removeLeft(path)) && (await createNew(path, mine)));
  return taken ? hold(path, mine) : null;
}

/** Waits for a lock that nobody holds for long. Null when that took longer than `ms`. */
export async function waitForLock(path: string, ms: number): Promise<Lock | null> {
  for (let waited = 0; ; ) {
    const lock = await takeLock(path);
    if (lock || waited >= ms) return lock;
    const pause = 5 + Math.random() * 20;
    await delay(pause);
    waited += pause;
  }
}

/** When the holder of a lock was last seen to be alive, in milliseconds since 1970; null where there is none. */
export async function lastHeld(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

function hold(path: string, mine: string): Lock {
  const touching = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), TOUCH_MS);
  touching.unref();
  return {
    async release() {
      clearInterval(touching);
      if ((await read(path)) === mine) await rm(path, { force: true });
    },
  };
}

/** Written beside and linked, so that it never stands there without its holder: a program may be killed, a disk be full. */
async function createNew(path: string, text: string): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
    await link(beside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Not every file system has links.
      return writeFile(path, text, { flag: 'wx', mode: 0o600 });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(beside, { force: true }).catch(() => {});
  }
}

/** Removes a lock whose holder is gone. Only one process does so at a time, so that none removes what another took anew. */
async function removeLeft(path: string): Promise<boolean> {
  const holder = await read(path);
  if (holder === null || !(await isLeft(path, holder, STALE_MS))) return false;
  const removal = `${path}.removal`;
  if (!(await createNew(removal, JSON.stringify({ ...self(), nonce: randomUUID() })))) {
    const other = await read(removal);
    if (other !== null && (await isLeft(removal, other, REMOVAL_STALE_MS))) await rm(removal, { force: true });
    return false;
  }
  try {
    const same = (await read(path)) === holder;
    if (same) await rm(path, { force: true });
    return same;
  } finally {
    await rm(removal, { force: true });
  }
}

/**
 * On the same machine it is known whether the holder lives, and a clock that was set, or a lid that was closed, says
 * nothing. Of another host, which shares the folder over a network, only the age of the last touch tells.
 */
async function isLeft(path: string, text: string, staleMs: number): Promise<boolean> {
  const holder = parsed(text);
  const here = self();
  if (holder.host === here.host && holder.pid !== undefined) {
    if (holder.boot !== '' && holder.boot !== here.boot) return true;
    if (!isAlive(holder.pid)) return true;
    if (holder.started) return startOf(holder.pid) !== holder.started;
  }
  const touched = await lastHeld(path);
  return touched !== null && Date.now() - touched > staleMs;
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly boot: string;
  /** When the process began, in the system's own words: another process may get its id. Empty where it is not told. */
  readonly started: string;
}

function self(): Holder {
  return { host: hostname(), pid: process.pid, boot: bootId(), started: startOf(process.pid) };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 22, and the name before it may hold anything. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A lock that is still being written, or that was cut off, has no holder that can be asked. */
function parsed(text: string): Partial<Holder> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as Partial<Holder>) : {};
  } catch {
    return {};
  }
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
