import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import ts from 'typescript';
import { type Language, requestCode } from '../../batch/convert/request-code';

const PARAMS = {
  model: 'claude-haiku-4-5',
  max_tokens: 9,
  temperature: 0.5,
  tools: [],
  stop_sequences: ['a\n', "it's \\ 'q' \"d\" é🙂"],
  metadata: { user_id: null },
  messages: [{ role: 'user', content: [{ type: 'text', text: '$HOME `x` $(y)' }] }],
};

const code = (language: Language, betas: string[] = []): string =>
  requestCode(language, PARAMS, { apiVersion: '2023-06-01', betas });

test('curl sends the very params, whatever the shell makes of quotes', () => {
  const shell = code('curl', ['a', 'b']).replace('curl https', 'f() { printf "%s\\n" "$@"; cat; }; f https');
  const sent = execFileSync('sh', ['-c', shell], { encoding: 'utf8', env: { ANTHROPIC_API_KEY: 'k' } });
  assert.deepEqual(JSON.parse(sent.slice(sent.indexOf('{'))), PARAMS);
  assert.match(sent, /^x-api-key: k$/m);
  assert.match(sent, /^anthropic-version: 2023-06-01$/m);
  assert.match(sent, /^anthropic-beta: a,b$/m);
});

test('curl takes a request with a picture, which is longer than an argument may be', () => {
  const params = { model: 'a', data: 'A'.repeat(300_000) };
  const shell = requestCode('curl', params, { apiVersion: '2023-06-01', betas: [] }).replace('curl', 'f() { cat; }; f');
  const sent = execFileSync('sh', ['-c', 'sh'], { encoding: 'utf8', input: shell });
  assert.deepEqual(JSON.parse(sent), params);
});

test('TypeScript is what the compiler reads', () => {
  const { diagnostics } = ts.transpileModule(code('typescript'), { reportDiagnostics: true });
  assert.deepEqual(diagnostics, []);
  assert.match(code('typescript', ['x']), /client\.beta\.messages\.create\(\{\n {2}"model"/);
});

test('Python has its own words and the same strings', () => {
  const python = code('python', ['x']);
  assert.match(python, /^ {4}tools=\[\],$/m);
  assert.match(python, /"user_id": None,/);
  assert.match(python, /^ {4}extra_body=\{\n {8}"temperature": 0\.5,\n {4}\},$/m);
  assert.match(python, /^message = client\.beta\.messages\.create\($/m);
  assert.match(python, /^ {8}"x",$/m);
  assert.ok(python.includes(JSON.stringify(PARAMS.stop_sequences[1])));
});
