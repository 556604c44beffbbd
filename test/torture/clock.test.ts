import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { builtCli } from '../cli/cli';
import { answerLost, cutAfterBody, dripping } from './mischief';
import { NIGHTLY, type Place, placeWith, told } from './setup';
import type { Mischief } from './wire';

const { run, start } = builtCli();

/** Loaded before the program: its clock is an hour late from when a file is there. */
const SET_BACK = `
const fs = require('node:fs');
const { existsSync, readFileSync } = fs;
if (process.env.NO_BOOT_ID) {
  fs.readFileSync = (path, ...rest) => readFileSync(String(path).endsWith('/boot_id') ? '/none' : path, ...rest);
}
const RealDate = Date;
const now = () => RealDate.now() - (existsSync(process.env.SET_BACK) ? 3600000 : 0);
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(now());
  }
  static now() { return now(); }
};
`;

/** The environment of a machine whose clock `setBack` sets back. Not every system has another one that is not set. */
function settable({ cwd, env }: Place, only: boolean) {
  const flag = path.join(cwd, 'set-back');
  const preload = path.join(cwd, 'clock.cjs');
  writeFileSync(preload, SET_BACK);
  return {
    env: {
      ...env,
      ...(only && { NO_BOOT_ID: '1' }),
      SET_BACK: flag,
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
    },
    setBack: () => writeFileSync(flag, ''),
    isSetBack: () => existsSync(flag),
  };
}

for (const [system, only] of [
  ['with a clock that nobody sets', false],
  ['whose only clock it is', true],
] as const) {
  test(`the clock is set back an hour between the loss of the answer and the next start, on a system ${system}`, async (t) => {
    const mischiefs: Mischief[] = [answerLost()];
    const place = await placeWith(t, mischiefs);
    const { env, setBack } = settable(place, only);
    const noList: Mischief = { on: 'list', act: ({ cut }) => cut() };
    mischiefs.push(noList);
    const started = start([...NIGHTLY, '--settle', '60'], { ...place, env });
    while (place.wire.seen.list === 0) await delay(5);
    started.process.kill('SIGKILL');
    await started.ended;
    setBack();
    mischiefs.splice(mischiefs.indexOf(noList), 1);
    const ended = await run([...NIGHTLY, '--settle', '60'], { ...place, env });
    assert.equal(ended.code, 0, told(ended));
    assert.equal(place.sandbox.batches().length, 1);
    assert.equal(place.results()?.length, 5);
  });
}

test('a clock that was set back does not make the search for a batch last for an hour', async (t) => {
  const place = await placeWith(t, [cutAfterBody()]);
  const { env, setBack } = settable(place, true);
  const first = await run(NIGHTLY, { ...place, env });
  assert.equal(first.code, 4, told(first));
  setBack();
  const second = await run(NIGHTLY, { ...place, env });
  assert.equal(second.code, 4, told(second));
  assert.match(second.stderr, /No batch of this submission is to be seen\..*--resend/);
});

for (const on of ['create', 'list', 'retrieve', 'results'] as const) {
  test(`the clock is set back an hour while the program runs: ${on}`, async (t) => {
    const mischiefs: Mischief[] = [];
    const place = await placeWith(t, mischiefs, { processingMs: 100 });
    const { env, setBack, isSetBack } = settable(place, false);
    const act = dripping(on, 200, 5).act;
    mischiefs.push({
      on,
      times: 1,
      async act(exchange) {
        setBack();
        if (on === 'create') return answerLost().act(exchange);
        return act(exchange);
      },
    });
    if (on === 'list') mischiefs.push(answerLost());
    const ended = await run(NIGHTLY, { ...place, env });
    assert.ok(isSetBack());
    assert.equal(ended.code, 0, told(ended));
    assert.equal(place.sandbox.batches().length, 1);
    assert.equal(place.results()?.length, 5);
  });
}
