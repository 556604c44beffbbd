import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseKey,
  ENVIRONMENT,
  environmentKey,
  type KeySituation,
  keyOfRun,
  keyProblem,
  keyTail,
  type StoredKey,
} from '../../client/src/key-choice';
import { SANDBOX_TOKEN } from '../../sandbox/token';

const api = 'https://api.anthropic.com';
const proxy = 'https://proxy.example';
const stored = (name: string, origin = api): StoredKey => ({ name, origin, key: `sk-ant-api03-${name}` });
const environment = { variable: 'ANTHROPIC_API_KEY', key: 'sk-ant-api03-environment' } as const;
const sandboxToken = { variable: 'ANTHROPIC_API_KEY', key: `${SANDBOX_TOKEN}x` } as const;
const nothing: KeySituation = {
  origin: api,
  stored: [],
  chosen: undefined,
  environment: undefined,
  environmentAllowed: undefined,
};

const cases: readonly [name: string, situation: Partial<KeySituation>, expected: string][] = [
  ['there is none', {}, 'none'],
  ['the default is the first stored one', { stored: [stored('a'), stored('b')], environment }, 'stored a'],
  ['the one chosen for the folder comes first', { stored: [stored('a'), stored('b')], chosen: 'b' }, 'stored b'],
  ['a stored key goes to no other origin', { stored: [stored('a', proxy)] }, 'none'],
  ['not even when it is chosen', { stored: [stored('a', proxy), stored('b')], chosen: 'a' }, 'stored b'],
  ['the environment is asked about first', { environment }, 'ask'],
  [
    'a token of a sandbox is worth no question on this machine',
    { environment: sandboxToken, origin: 'http://127.0.0.1:41234' },
    'environment',
  ],
  ['elsewhere it is asked about like any other', { environment: sandboxToken }, 'ask'],
  ['and then used', { environment, environmentAllowed: true }, 'environment'],
  ['or not', { environment, environmentAllowed: false }, 'none'],
  [
    'a no is asked about again when a person chose it',
    { environment, environmentAllowed: false, chosen: ENVIRONMENT },
    'ask',
  ],
  [
    'the chosen environment goes before a stored key',
    { stored: [stored('a')], environment, environmentAllowed: true, chosen: ENVIRONMENT },
    'environment',
  ],
  [
    'a stored key stands in for an environment that is gone',
    { stored: [stored('a')], chosen: ENVIRONMENT },
    'stored a',
  ],
];
for (const [name, situation, expected] of cases) {
  test(name, () => {
    const choice = chooseKey({ ...nothing, ...situation });
    assert.equal(choice.kind === 'stored' ? `stored ${choice.key.name}` : choice.kind, expected);
  });
}

test('a run goes on with the key of its name, or with the same key under another name', () => {
  const run = { baseUrl: `${api}/prefix`, key: { name: 'team', tail: 'team' } };
  const find = (...keys: StoredKey[]) =>
    keyOfRun(run, { stored: keys, environment: undefined, environmentAllowed: undefined });
  assert.equal(find(stored('other'), stored('team'))?.key, stored('team').key);
  assert.equal(find({ ...stored('team'), name: 'renamed' })?.key, stored('team').key);
  assert.equal(find(stored('other')), undefined);
  assert.equal(find(stored('team', proxy)), undefined);
});

test('a run goes on with the key of the environment only where that is allowed', () => {
  const run = { baseUrl: api, key: { name: ENVIRONMENT, tail: keyTail(environment.key) } };
  assert.equal(keyOfRun(run, { stored: [], environment, environmentAllowed: true }), environment);
  assert.equal(keyOfRun(run, { stored: [], environment, environmentAllowed: undefined }), undefined);
});

test('the environment gives an API key before a token, and no blanks', () => {
  assert.deepEqual(environmentKey({ ANTHROPIC_AUTH_TOKEN: 't', ANTHROPIC_API_KEY: 'k' }), {
    variable: 'ANTHROPIC_API_KEY',
    key: 'k',
  });
  assert.deepEqual(environmentKey({ ANTHROPIC_AUTH_TOKEN: 't', ANTHROPIC_API_KEY: ' ' }), {
    variable: 'ANTHROPIC_AUTH_TOKEN',
    key: 't',
  });
  assert.equal(environmentKey({}), undefined);
});

test('a short key shows nothing of itself', () => {
  assert.equal(keyTail('sk-ant-api03-abcdx4f2'), 'x4f2');
  assert.equal(keyTail('short'), '');
});

test('what cannot be a key is said', () => {
  assert.match(keyProblem('  ') ?? '', /Paste/);
  assert.match(keyProblem('sk ant') ?? '', /blanks/);
  assert.equal(keyProblem(' sk-ant-api03-x\n'), undefined);
});
