import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { batch, builtCli, folderWith, line } from './cli';

const { run } = builtCli();

const TOO_MANY_TOKENS = line('ticket-1', { max_tokens: 999_999 });

test('json: a diagnostic has its place, its rule and its request, and the file its size and cost', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': `${line('ticket-0')}\n${TOO_MANY_TOKENS}\n` });
  const { code, stdout, last } = await run(['check', '--format', 'json', 'a.jsonl'], { cwd });
  assert.equal(code, 1);
  assert.equal(last, 'Nothing was sent.');
  const report = JSON.parse(stdout);
  assert.equal(report.sent, false);
  assert.deepEqual(Object.keys(report.judgedBy), ['apiVersion', 'betas', 'models', 'settings']);
  const [file] = report.files;
  assert.equal(file.path, 'a.jsonl');
  assert.equal(file.requests, 2);
  assert.equal(file.bytes, 13 + line('ticket-0').length + 1 + TOO_MANY_TOKENS.length + 2);
  assert.equal(file.omitted, 0);
  const column = TOO_MANY_TOKENS.indexOf('999999') + 1;
  const [diagnostic] = file.diagnostics;
  assert.deepEqual(
    { ...diagnostic, message: '' },
    {
      line: 2,
      column,
      endLine: 2,
      endColumn: column + 6,
      severity: 'error',
      code: 'max-tokens',
      message: '',
      path: '/params/max_tokens',
      customId: 'ticket-1',
    },
  );
  assert.deepEqual(Object.keys(file.estimate), [
    'inputTokens',
    'outputTokens',
    'usd',
    'standardUsd',
    'unpricedRequests',
  ]);
  assert.deepEqual(Object.keys(file.estimate.usd), ['low', 'expected', 'high']);
});

test('a file that is all right is exit 0', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(3) });
  const { code, stdout } = await run(['check', 'a.jsonl'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^a\.jsonl: 3 requests · .* · no problems\nJudged by API version /);
});

test('a file that cannot be read is said, and the others are still judged', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(1) });
  const { code, stdout } = await run(['check', '--format', 'json', 'none.jsonl', '.', 'a.jsonl'], { cwd });
  assert.equal(code, 2);
  const { files } = JSON.parse(stdout);
  assert.deepEqual(files[0], { path: 'none.jsonl', error: 'It cannot be read: there is no such file.' });
  assert.deepEqual(files[1], { path: '.', error: 'It cannot be read: it is a folder, not a file.' });
  assert.equal(files[2].requests, 1);
});

test('stdin is judged as a batch', async () => {
  const { code, stdout } = await run(['check', '--format', 'json', '-'], {
    input: `${line('a')}\n{"custom_id":"b"}\n`,
  });
  assert.equal(code, 1);
  const [file] = JSON.parse(stdout).files;
  assert.equal(file.path, '-');
  assert.equal(file.diagnostics[0].line, 2);
});

test('an id is shown so that no terminal obeys it, and none is flooded', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': `${line('\u001b[2Jgone')}\n${line('e'.repeat(5000))}\n` });
  const { stdout } = await run(['check', 'a.jsonl'], { cwd });
  assert.ok(!stdout.includes('\u001b'), JSON.stringify(stdout));
  assert.match(stdout, /\[custom-id\] \("\\u001b\[2Jgone"\)\n/);
  for (const each of stdout.split('\n')) assert.ok(each.length < 300, each);
});

test('what is wrong in the settings is said once, however many files share them', async (t) => {
  const files = { 'a.jsonl': batch(1), 'b.jsonl': batch(1), 'message-batches.json': '{ "maxcost": 1 }' };
  const { code, stderr } = await run(['check', 'a.jsonl', 'b.jsonl'], { cwd: folderWith(t, files) });
  assert.equal(code, 0);
  assert.equal(stderr.match(/"maxcost" is no setting/g)?.length, 1, stderr);
});

test('flags decide what a file is judged by, before its settings file', async (t) => {
  const cwd = folderWith(t, {
    'a.jsonl': `${line('a', { model: 'claude-haiku-4-5', temperature: 0.5 })}\n`,
    'message-batches.json': '{ "apiVersion": "2026-10-21", "typo": 1 }',
  });
  const strict = await run(['check', 'a.jsonl'], { cwd });
  assert.equal(strict.code, 1);
  assert.match(strict.stderr, /message-batches\.json, line 1: "typo" is no setting/);
  const lenient = await run(
    ['check', '--api-version', '2023-06-01', '--beta', 'one', '--beta', 'two', '--format', 'json', 'a.jsonl'],
    { cwd },
  );
  assert.equal(lenient.code, 0);
  const { judgedBy } = JSON.parse(lenient.stdout);
  assert.equal(judgedBy.apiVersion, '2023-06-01');
  assert.deepEqual(judgedBy.betas, ['one', 'two']);
  assert.match(judgedBy.settings, /message-batches\.json$/);
});

test('what the Models API said on this machine counts', async (t) => {
  const said = { date: '2099-01-01', models: { 'claude-haiku-5-5': { max_output_tokens: 8 } } };
  const cwd = folderWith(t, { 'a.jsonl': batch(1), 'models.json': JSON.stringify(said) });
  const judge = async (...flags: string[]) =>
    JSON.parse((await run(['check', '--format', 'json', ...flags, 'a.jsonl'], { cwd })).stdout);
  const { files, judgedBy } = await judge('--state-dir', '.');
  assert.deepEqual([judgedBy.models, files[0].diagnostics[0].code], ['2099-01-01', 'max-tokens']);
  assert.deepEqual((await judge()).files[0].diagnostics, []);
  for (const broken of ['{', '[]', '{"date":"2099-01-01","models":{"claude-opus-5":7}}']) {
    writeFileSync(path.join(cwd, 'models.json'), broken);
    assert.deepEqual((await judge('--state-dir', '.')).files[0].diagnostics, []);
  }
});

test('what could cost more than is allowed is exit 1', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(3) });
  const dear = await run(['check', '--max-cost', '0.0000001', 'a.jsonl'], { cwd });
  assert.equal(dear.code, 1);
  assert.match(dear.stdout, /It could cost \$0\.\d+, and at most .* is allowed\./);
  assert.equal((await run(['check', '--max-cost', '10', 'a.jsonl'], { cwd })).code, 0);
});

test('what is plainly no batch file is left alone', async (t) => {
  const cwd = folderWith(t, {
    'trace.jsonl': '{"jsonrpc":"2.0","method":"initialize","params":{"model":"x"}}\n',
    'chat.jsonl': '{"messages":[{"role":"user","content":"Hi"}]}\n',
    'output.jsonl': '{"id":"batch_req_1","custom_id":"a","response":{"status_code":200},"error":null}\n',
    'a.results.jsonl': '{"custom_id":"a","result":{"type":"expired"}}\n',
  });
  const { code, stdout } = await run(
    ['check', '--format', 'json', 'trace.jsonl', 'chat.jsonl', 'output.jsonl', 'a.results.jsonl'],
    { cwd },
  );
  assert.equal(code, 0);
  for (const file of JSON.parse(stdout).files) assert.deepEqual(file.diagnostics, [], file.path);
});

test('what was named as a batch and is none is an error', async (t) => {
  const cwd = folderWith(t, {
    'words.jsonl': 'Dear API,\n',
    'binary.jsonl': 'a\0b\0',
    'bare.jsonl': '{"custom_id":"a"}\n',
  });
  const { code, stdout } = await run(['check', '--format', 'json', 'words.jsonl', 'binary.jsonl', 'bare.jsonl'], {
    cwd,
  });
  assert.equal(code, 1);
  for (const file of JSON.parse(stdout).files) assert.equal(file.diagnostics[0]?.severity, 'error', file.path);
});

test('a file without requests has no size and no price', async (t) => {
  const cwd = folderWith(t, { 'empty.batch.jsonl': '', 'binary.batch.jsonl': '\0\x01\x02' });
  const { stdout } = await run(['check', 'empty.batch.jsonl', 'binary.batch.jsonl'], { cwd });
  assert.match(stdout, /^empty\.batch\.jsonl: 0 requests · 1 warning$/m);
  assert.match(stdout, /^binary\.batch\.jsonl: 0 requests · 1 error$/m);
});

test('text shows a mistake of a template once more with its count, json shows all', async (t) => {
  const lines = Array.from({ length: 300 }, (_, index) => {
    const messages = [{ role: 'user', content: `Ticket ${index}` }];
    return `${line(`ticket-${index}`, { max_tokens: 999_999, messages })}\n`;
  });
  const cwd = folderWith(t, { 'a.jsonl': lines.join('') });
  const text = await run(['check', 'a.jsonl'], { cwd });
  assert.ok(text.stdout.split('\n').filter((it) => it.includes('[max-tokens]')).length < 30);
  assert.match(text.stdout, /300 errors/);
  const json = await run(['check', '--format', 'json', 'a.jsonl'], { cwd });
  assert.equal(JSON.parse(json.stdout).files[0].diagnostics.length, 300);
  const few = await run(['check', '--format', 'json', '--max-problems', '10', 'a.jsonl'], { cwd });
  const [file] = JSON.parse(few.stdout).files;
  assert.equal(file.diagnostics.length, 10);
  assert.ok(file.omitted > 0);
});

test('github: an annotation per problem', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': `${TOO_MANY_TOKENS}\n` });
  const { stdout } = await run(['check', '--format', 'github', 'a.jsonl', 'none.jsonl'], { cwd });
  assert.match(
    stdout,
    /^::error file=a\.jsonl,line=1,endLine=1,col=\d+,endColumn=\d+,title=max-tokens::max_tokens is 999,999/,
  );
  assert.match(stdout, /\n::error file=none\.jsonl::It cannot be read/);
});

test('sarif: results with rules and places', async (t) => {
  const cwd = folderWith(t, { 'a b.jsonl': `${TOO_MANY_TOKENS}\n` });
  const { stdout } = await run(['check', '--format', 'sarif', 'a b.jsonl'], { cwd });
  const log = JSON.parse(stdout);
  assert.equal(log.version, '2.1.0');
  const [sarifRun] = log.runs;
  assert.equal(sarifRun.tool.driver.rules[0].id, 'max-tokens');
  const [result] = sarifRun.results;
  assert.equal(result.ruleId, 'max-tokens');
  assert.equal(result.level, 'error');
  assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, 'a%20b.jsonl');
  assert.equal(result.locations[0].physicalLocation.region.startLine, 1);
});

test('wrong usage is exit 2, in one sentence', async () => {
  const cases: readonly (readonly [args: string[], sentence: RegExp])[] = [
    [['chekc'], /There is no command "chekc"/],
    [['check'], /This command takes batch files/],
    [['check', '--frmat', 'json', 'a'], /Unknown option '--frmat'\./],
    [['check', '--format', 'xml', 'a'], /--format is one of text, json, github, sarif, not "xml"\./],
    [['check', '--api-version', '2020-01-01', 'a'], /--api-version is one of 2023-06-01, 2026-10-21/],
    [['check', '--max-cost', 'little', 'a'], /--max-cost takes a number, not "little"\./],
  ];
  for (const [args, sentence] of cases) {
    const { code, stderr, last } = await run(args);
    assert.equal(code, 2);
    assert.match(stderr, sentence);
    assert.equal(last, 'Nothing was sent.');
  }
});

test('help and version', async () => {
  const help = await run(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /message-batches check/);
  assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});
