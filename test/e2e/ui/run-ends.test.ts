import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { apiOf, batchText, inTerminal } from '../support/api';
import { readStage } from '../support/stage';
import { openWorkbench, type Workbench } from '../support/workbench';

const stage = readStage();
const api = apiOf(stage.api);

/** Writes a batch file and has the terminal submit it and fetch its results. */
async function runInTerminal(name: string): Promise<void> {
  writeFileSync(path.join(stage.samples, `${name}.batch.jsonl`), batchText([`${name}-1`, `${name}-2`]));
  assert.equal((await inTerminal(stage, 'run', `${name}.batch.jsonl`, '--poll-interval', '0.2')).code, 0);
}

async function withWindows(count: number, work: (windows: readonly Workbench[]) => Promise<void>): Promise<void> {
  const windows = await Promise.all(Array.from({ length: count }, () => openWorkbench(stage)));
  try {
    await work(windows);
  } catch (error) {
    for (const [n, window] of windows.entries()) await window.screenshot(`failed-run-ends-${n + 1}`);
    throw error;
  } finally {
    for (const window of windows) await window.close();
  }
}

const badge = ({ page }: Workbench) => page.locator('.activitybar .action-item', { hasText: /^2$/ });

test('what ended while nothing was open is told together, once, and the badge stays until the list is looked at', async () => {
  for (const name of ['night-a', 'night-b']) await runInTerminal(name);
  assert.equal(readdirSync(path.join(stage.state, 'untold')).length, 2);
  await withWindows(1, async ([window]) => {
    assert.ok(window);
    await window.notification('2 batches ended. night-a: 2 answered').waitFor();
    await window.notification('night-b: 2 answered').waitFor();
    await window.page.locator('.activitybar .badge', { hasText: '2' }).waitFor();
    await window.screenshot('run-ends-together');
    await window.respond('2 batches ended', 'Show Batches');
    // The files in the explorer have names like it.
    await window.treeRow('night-a').filter({ hasText: '2 answered' }).waitFor();
    await badge(window).waitFor({ state: 'detached' });
  });
  assert.deepEqual(readdirSync(path.join(stage.state, 'untold')), []);
  await withWindows(1, async ([window]) => {
    assert.ok(window);
    await window.openContainer('Message Batches');
    await window.treeRow('night-b').filter({ hasText: '2 answered' }).waitFor();
    assert.equal(await window.notification('batches ended').count(), 0);
    assert.equal(await badge(window).count(), 0);
  });
});

test('of two windows exactly one tells that a run has ended', async () => {
  const source = 'two-windows.batch.jsonl';
  writeFileSync(path.join(stage.samples, source), batchText(['a', 'b', 'c']));
  await withWindows(2, async (windows) => {
    for (const window of windows) await window.openContainer('Message Batches');
    assert.equal((await inTerminal(stage, 'submit', source)).code, 0);
    const before = await api.count();
    for (const window of windows) await window.run('Message Batches: Refresh Batches');
    const [first, second] = windows;
    assert.ok(first && second);
    // Neither window may use the key from the environment before it is asked, so the terminal goes on with it.
    await first.treeRow('two-windows').filter({ hasText: 'paused: needs the key' }).waitFor();
    await first.screenshot('paused');
    assert.equal((await inTerminal(stage, 'run', source, '--poll-interval', '0.2')).code, 0);
    for (const window of windows) await window.treeRow('two-windows').filter({ hasText: '3 answered' }).waitFor();
    const told = windows.map((window) => window.notification('two-windows: 3 answered').waitFor());
    await Promise.any(told);
    assert.deepEqual(readdirSync(path.join(stage.state, 'untold')), []);
    const counts = await Promise.all(windows.map((window) => window.notification('two-windows: 3 answered').count()));
    assert.deepEqual(counts.sort(), [0, 1]);
    for (const each of told) each.catch(() => {});
    assert.equal(await api.count(), before);
  });
});
