import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { batch, builtCli, creates, workplace } from './cli';

const { run, start } = builtCli();

const FAST = ['--poll-interval', '0.02'];
const ENDLESS = { processingMs: Number.POSITIVE_INFINITY };

/** A file of which a run was begun, and its batch ended where that is wanted. */
async function begun(t: TestContext, how: 'unfinished' | 'finished') {
  const place = await workplace(t, how === 'unfinished' ? ENDLESS : {});
  const { cwd, env } = place;
  const command = how === 'unfinished' ? ['submit'] : ['run', ...FAST];
  const first = await run([...command, 'tickets.jsonl', '--format', 'json'], { cwd, env });
  assert.equal(first.code, 0, first.stderr);
  const again = (...flags: string[]) => run(['run', 'tickets.jsonl', ...FAST, ...flags], { cwd, env });
  const submit = (...flags: string[]) => run(['submit', 'tickets.jsonl', ...flags], { cwd, env });
  const change = (count: number) => writeFileSync(path.join(cwd, 'tickets.jsonl'), batch(count));
  return { ...place, first: JSON.parse(first.stdout).run, again, submit, change };
}

test('same content, unfinished: goes on with it', async (t) => {
  const { sandbox, first, again, submit } = await begun(t, 'unfinished');
  const submitted = await submit('--format', 'json');
  assert.deepEqual([submitted.code, JSON.parse(submitted.stdout).run.id], [0, first.id]);
  assert.match(submitted.stderr, /The same requests were sent at .* UTC as run .*: that run goes on\./);
  await sandbox.advance();
  const { code, stderr } = await again();
  assert.equal(code, 0, stderr);
  assert.equal(creates(sandbox), 1);
});

test('same content, finished, output there: already complete, nothing is sent', async (t) => {
  const { sandbox, cwd, first, again, submit } = await begun(t, 'finished');
  const before = sandbox.requests.length;
  for (const restart of [again, submit]) {
    const { code, stderr, last } = await restart();
    assert.equal(code, 0, stderr);
    assert.ok(stderr.includes(`Already complete: the same requests were sent`), stderr);
    assert.ok(stderr.includes(first.resultsPath));
    assert.match(last, /^Nothing was sent again/);
  }
  assert.equal(sandbox.requests.length, before, 'the API is not even asked');
  assert.equal(readdirSync(cwd).filter((name) => name.includes('.results.')).length, 1);
});

test('same content, finished, output missing: fetched again', async (t) => {
  const { sandbox, first, again } = await begun(t, 'finished');
  rmSync(first.resultsPath);
  const { code, stdout, stderr } = await again();
  assert.deepEqual([code, stdout.trim()], [0, first.resultsPath], stderr);
  assert.match(stderr, /are fetched again\./);
  assert.equal(creates(sandbox), 1);
});

test('same content, finished, output missing and results archived: exit 2, and --again buys them once more', async (t) => {
  const { sandbox, first, again } = await begun(t, 'finished');
  rmSync(first.resultsPath);
  sandbox.archive(first.batch.id);
  for (let times = 1; times <= 2; times++) {
    const { code, stderr } = await again();
    assert.equal(code, 2);
    assert.match(stderr, /archived at .* cannot be had any more/);
  }
  assert.equal(creates(sandbox), 1);
  assert.equal((await again('--again')).code, 0);
  assert.equal(creates(sandbox), 2);
});

test('same path, other content, an unfinished run: nothing is sent, exit 4, with what the two share', async (t) => {
  const { sandbox, first, again, submit, change } = await begun(t, 'unfinished');
  change(7);
  for (const restart of [again, submit]) {
    const { code, stderr, last } = await restart();
    assert.equal(code, 4, stderr);
    assert.ok(stderr.includes(`tickets.jsonl was changed, and run ${first.id} of what it was goes on: 5 of its 5 ids`));
    assert.equal(last, 'Nothing was sent.');
  }
  assert.equal(creates(sandbox), 1);
});

test('same path, other content, the earlier run finished: a new run', async (t) => {
  const { sandbox, first, again, change } = await begun(t, 'finished');
  change(7);
  const { code, stdout, stderr } = await again('--format', 'json');
  assert.equal(code, 0, stderr);
  assert.notEqual(JSON.parse(stdout).run.id, first.id);
  assert.equal(creates(sandbox), 2);
});

test('--again buys a finished content once more and remembers it; what goes on is not bought again', async (t) => {
  const finished = await begun(t, 'finished');
  const { code, stdout } = await finished.again('--again', '--format', 'json');
  assert.deepEqual([code, JSON.parse(stdout).run.again], [0, true]);
  assert.equal((await finished.again()).code, 0);
  assert.equal(creates(finished.sandbox), 2);

  const unfinished = await begun(t, 'unfinished');
  await unfinished.sandbox.advance();
  const { code: onward, stderr } = await unfinished.again('--again');
  assert.equal(onward, 0, stderr);
  assert.equal(creates(unfinished.sandbox), 1);
});

test('what was only refused is sent as if for the first time', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, { faults: [{ on: 'create', kind: 'answer', status: 400 }] });
  assert.equal((await run(['run', 'tickets.jsonl', ...FAST], { cwd, env })).code, 2);
  assert.equal((await run(['run', 'tickets.jsonl', ...FAST], { cwd, env })).code, 0);
  assert.deepEqual([creates(sandbox), sandbox.batches().length], [2, 1]);
});

test('started twice at once: one sends, and the other waits for it and goes on with the same batch', async (t) => {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { sandbox, cwd, env } = await workplace(t, {
    ...ENDLESS,
    faults: [{ on: 'create', kind: 'hold', when: 'before-body', until }],
  });
  const both = [1, 2].map(() => start(['run', 'tickets.jsonl', ...FAST], { cwd, env }));
  for (const { process } of both)
    process.stderr?.on('data', (said) => {
      if (String(said).includes('Another process')) letGo();
      // It ends when both follow it.
      if (String(said).includes('The same requests were sent')) void sandbox.advance();
    });
  const ends = await Promise.all(both.map(({ ended }) => ended));
  assert.deepEqual(
    ends.map(({ code }) => code),
    [0, 0],
    ends.map(({ stderr }) => stderr).join('\n'),
  );
  const waited = ends.find(({ stderr }) => stderr.includes('Another process'));
  assert.match(waited?.stderr ?? '', /right now: waiting for it\.\nThe same requests were sent/);
  assert.equal(creates(sandbox), 1);
});
