import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { builtCli } from '../cli/cli';
import { answerLost, dripping } from './mischief';
import { NIGHTLY, type Place, placeWith, told } from './setup';
import type { Mischief } from './wire';

const { run, start } = builtCli();

/** Loaded before the program: its clock is an hour late from when a file is there. */
const SET_BACK = `
const { existsSync } = require('node:fs');
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

/** The environment of a machine whose clock `setBack` sets back. */
function settable({ cwd, env }: Place) {
  const flag = path.join(cwd, 'set-back');
  const preload = path.join(cwd, 'clock.cjs');
  writeFileSync(preload, SET_BACK);
  return {
    env: { ...env, SET_BACK: flag, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` },
    setBack: () => writeFileSync(flag, ''),
    isSetBack: () => existsSync(flag),
  };
}

test('the clock is set back an hour between the loss of the answer and the next start', async (t) => {
  const mischiefs: Mischief[] = [answerLost()];
  const place = await placeWith(t, mischiefs);
  const { env, setBack } = settable(place);
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

for (const on of ['create', 'list', 'retrieve', 'results'] as const) {
  test(`the clock is set back an hour while the program runs: ${on}`, async (t) => {
    const mischiefs: Mischief[] = [];
    const place = await placeWith(t, mischiefs, { processingMs: 100 });
    const { env, setBack, isSetBack } = settable(place);
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
