import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  canContinueInTerminal,
  launcher,
  terminalAdvice,
  terminalCommand,
} from '../../client/src/text/continue-in-terminal';
import { forgetsOnRebuild, forgottenOnRebuild } from '../../client/src/text/dev-container';
import { exampleRun } from './examples';

const plain = { stateDir: undefined, gateway: {}, platform: 'linux' };
const run = exampleRun();

test('the command goes on with the very same batch: its file, address, version and betas', () => {
  assert.equal(
    terminalCommand({ ...run, betas: ['a-1', 'b-2'] }, plain),
    'message-batches run tickets.batch.jsonl --base-url https://api.anthropic.com --api-version 2026-10-21 --beta a-1 --beta b-2',
  );
  const gateway = { keyHeader: 'x-api-key' as const, headers: { team: "it's us" } };
  assert.match(
    terminalCommand({ ...run, source: '/b/my $(file).jsonl' }, { ...plain, stateDir: '/state', gateway }),
    /^message-batches run 'my \$\(file\)\.jsonl' .* --state-dir \/state --key-header x-api-key --header 'team: it'\\''s us'$/,
  );
});

test('what a shell would take for its own is one word to it', () => {
  for (const source of ['/b/a b.jsonl', "/b/it's.jsonl", '/b/$(touch x).jsonl', '/b/-n;`id`&.jsonl']) {
    const command = terminalCommand({ ...run, source }, plain).replace(/^message-batches/, 'printf %s\\\\n');
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    assert.equal(path.basename(stdout.split('\n')[1] ?? ''), path.basename(source));
  }
});

test('it is for batches that go on, and that are not in the sandbox of this window', () => {
  assert.equal(canContinueInTerminal(run), true);
  assert.equal(canContinueInTerminal({ ...run, state: 'fetched' }), false);
  assert.equal(canContinueInTerminal({ ...run, sandbox: true }), false);
});

test('a stored key is asked for and not handed over', () => {
  assert.match(terminalAdvice(run) ?? '', /The key "team" …x4f2 for api\.anthropic\.com stays in the editor/);
  assert.equal(terminalAdvice({ ...run, key: { name: 'environment', tail: 'x4f2' } }), undefined);
});

test('the launcher runs the program with every argument as it is', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'message-batches-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cli = path.join(folder, "a cli's.js");
  writeFileSync(cli, 'console.log(JSON.stringify([process.env.ELECTRON_RUN_AS_NODE, ...process.argv.slice(2)]))');
  const { name, text } = launcher(process.execPath, cli, 'linux');
  writeFileSync(path.join(folder, name), text, { mode: 0o755 });
  const { stdout } = spawnSync(path.join(folder, 'message-batches'), ['run', 'a b.jsonl'], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(stdout), ['1', 'run', 'a b.jsonl']);
  assert.match(launcher('C:\\code.exe', 'C:\\cli.js', 'win32').text, /"C:\\code\.exe" "C:\\cli\.js" %\*/);
});

test('only a container of VS Code whose state folder is its own forgets on rebuild', () => {
  const cases: readonly [string | undefined, boolean, boolean][] = [
    ['dev-container', false, true],
    ['attached-container', false, true],
    ['dev-container', true, false],
    ['ssh-remote', false, false],
    ['wsl', false, false],
    [undefined, false, false],
  ];
  for (const [remote, mounted, forgets] of cases) assert.equal(forgetsOnRebuild(remote, mounted), forgets, remote);
  assert.match(forgottenOnRebuild('/root/.local/state/message-batches'), /Mount a volume at \/root/);
});
