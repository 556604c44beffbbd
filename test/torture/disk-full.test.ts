import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtCli } from '../cli/cli';
import { NIGHTLY, type Place, placeWith, told } from './setup';
import type { Exchange, Mischief } from './wire';

const { run } = builtCli();

/** Loaded before the program: while a file is there, what is written is written in half, and then the disk is full. */
const FULL = `
const { existsSync } = require('node:fs');
const files = require('node:fs/promises');
const { open, writeFile } = files;
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
files.writeFile = async (path, text, options) => {
  if (!existsSync(process.env.DISK_FULL)) return writeFile(path, text, options);
  await writeFile(path, String(text).slice(0, String(text).length / 2), options);
  throw full();
};
files.open = async (...given) => {
  const handle = await open(...given);
  const { write } = handle;
  const half = async (bytes, at) => {
    const some = bytes.subarray(0, Math.floor(bytes.length / 2));
    await write.call(handle, some, 0, some.length, at);
    throw full();
  };
  const wrap = (name, failing) => {
    const real = handle[name];
    handle[name] = (...args) => (existsSync(process.env.DISK_FULL) ? failing(...args) : real.apply(handle, args));
  };
  wrap('write', (bytes, _from, _length, at) => half(bytes, at));
  wrap('writev', (chunks) => half(Buffer.concat(chunks), null));
  wrap('writeFile', (text) => half(Buffer.from(text), null));
  return handle;
};
`;

function fillable({ cwd, env }: Place) {
  const flag = path.join(cwd, 'disk-full');
  const preload = path.join(cwd, 'disk.cjs');
  writeFileSync(preload, FULL);
  return {
    env: { ...env, DISK_FULL: flag, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` },
    fill: () => writeFileSync(flag, ''),
    free: () => rmSync(flag, { force: true }),
  };
}

interface Case {
  /** The request that fills it, if it is not full from the beginning. */
  readonly on?: Mischief['on'];
  readonly act?: (exchange: Exchange, fill: () => void) => Promise<void>;
  readonly says: RegExp;
  readonly bills: number;
}

/** The disk is full before the API answers. */
const before = async (exchange: Exchange, fill: () => void) => {
  fill();
  exchange.send(await exchange.answer());
};

const CASES: Readonly<Record<string, Case>> = {
  'from the beginning': { says: /the disk is full\.\nNothing was sent\.\n$/, bills: 0 },
  'while the requests go over': { on: 'create', act: before, says: /the disk is full/, bills: 0 },
  'when the batch was made': {
    on: 'create',
    async act(exchange, fill) {
      const answer = await exchange.answer();
      fill();
      exchange.send(answer);
    },
    says: /The batch msgbatch_\w+ was made\. .*the disk is full/,
    bills: 1,
  },
  'while it is asked for': { on: 'retrieve', act: before, says: /the disk is full/, bills: 1 },
  'while the results come': { on: 'results', act: before, says: /the disk is full/, bills: 1 },
};

for (const [when, { on, act, says, bills }] of Object.entries(CASES)) {
  test(`the disk is full ${when}: it is said, and with room again one batch and all of its results`, async (t) => {
    const mischiefs: Mischief[] = [];
    // More than the sockets take at once, so that the API has seen some before the last bytes are let go.
    const requests = 20_000;
    const place = await placeWith(t, mischiefs, { requests, processingMs: 50 });
    const { env, fill, free } = fillable(place);
    if (on && act) mischiefs.push({ on, times: 1, act: (exchange) => act(exchange, fill) });
    else fill();
    const first = await run(NIGHTLY, { ...place, env });
    assert.equal(first.code, 2, told(first));
    assert.match(first.stderr, says);
    assert.equal(place.sandbox.batches().length, bills, told(first));
    assert.equal(place.results(), null);
    assert.deepEqual(
      readdirSync(place.cwd).filter((name) => name.endsWith('.part')),
      [],
    );
    free();
    const second = await run(NIGHTLY, { ...place, env });
    assert.equal(second.code, 0, told(second));
    assert.equal(place.sandbox.batches().length, 1);
    assert.equal(new Set(place.results()).size, requests);
  });
}
