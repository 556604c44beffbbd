import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CancellationTokenSource,
  HoverRequest,
  type ProtocolConnection,
  WorkDoneProgress,
} from 'vscode-languageserver-protocol/node';
import { CheckFile } from '../../server/src/protocol';
import { LINES_A_MEGABYTE, largeFile } from '../support/large-file';
import { uriOf } from './client';
import { serverBundle, startServerProcess } from './server-process';

const NOWHERE = { textDocument: { uri: 'untitled:nowhere' }, position: { line: 0, character: 0 } };

test('the server answers within 50 ms while it checks 256 MB from disk', async (t) => {
  const folder = await serverBundle(t);
  const [ours, idle] = [await startServerProcess(t, folder), await startServerProcess(t, folder)];
  const uri = uriOf(largeFile(t, 256));
  let isDone = false;
  const checked = ours.connection.sendRequest(CheckFile, { uri, workDoneToken: 'check' }).finally(() => {
    isDone = true;
  });
  // A machine that is busy with something else delays every server, also one that does nothing: they are asked in turn.
  const times: { ours: number[]; idle: number[] } = { ours: [], idle: [] };
  while (!isDone) {
    times.idle.push(await roundTrip(idle.connection));
    times.ours.push(await roundTrip(ours.connection));
  }
  const { requests, counts } = await checked;
  assert.deepEqual([requests, counts.error], [256 * LINES_A_MEGABYTE, 0]);
  const [late, machine] = [percentile99(times.ours), percentile99(times.idle)];
  t.diagnostic(`${times.ours.length} answers, 99 of 100 after ${ms(late)}, of an idle server after ${ms(machine)}`);
  assert.ok(times.ours.length > 20, `${times.ours.length} answers`);
  assert.ok(late - machine < 50, `an answer after ${ms(late)}, of an idle server after ${ms(machine)}`);
});

test('a check that is canceled ends within 200 ms', async (t) => {
  const { connection } = await startServerProcess(t, await serverBundle(t));
  const uri = uriOf(largeFile(t, 64));
  const times: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const cancel = new CancellationTokenSource();
    const workDoneToken = `check-${attempt}`;
    let canceled = 0;
    const progress = connection.onProgress(WorkDoneProgress.type, workDoneToken, ({ kind }) => {
      if (kind !== 'report' || canceled > 0) return;
      canceled = performance.now();
      cancel.cancel();
    });
    await assert.rejects(connection.sendRequest(CheckFile, { uri, workDoneToken }, cancel.token), /was stopped/);
    times.push(performance.now() - canceled);
    progress.dispose();
  }
  t.diagnostic(`${times.map(ms).join(', ')}`);
  // A machine that is busy with something else makes some of them late.
  assert.ok(Math.min(...times) < 200, times.map(ms).join(', '));
});

async function roundTrip(connection: ProtocolConnection): Promise<number> {
  const start = performance.now();
  await connection.sendRequest(HoverRequest.type, NOWHERE);
  return performance.now() - start;
}

function percentile99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
