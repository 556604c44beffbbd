import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchRows } from '../../results/thread/on-thread';
import { temporaryFile } from '../support/folders';
import { answered, failed, line } from './rows';
import { builtThread } from './thread';

const script = builtThread();

const ROWS = [
  answered('first', 'The Invoice total is 12 €'),
  '\n',
  failed('second', 'invalid_request_error', 'messages: Field required'),
  line('third', { type: 'expired' }),
  answered('fourth', 'no “quotes”\nbut a second line'),
  'not json',
].join('');

test('text and regular expressions are found in ids, answers and errors', async (t) => {
  const file = temporaryFile(t, 'a.results.jsonl', ROWS);
  const find = async (text: string, changes: object = {}) => {
    const pattern = { text, isRegex: false, matchCase: false, ...changes };
    const [found] = await searchRows({ paths: [file], pattern }, { script: script() });
    return [...(found ?? [])];
  };
  assert.deepEqual(await find('invoice'), [0]);
  assert.deepEqual(await find('invoice', { matchCase: true }), []);
  assert.deepEqual(await find('field REQUIRED'), [2]);
  assert.deepEqual(await find('“quotes”\nbut'), [4]);
  assert.deepEqual(await find('^(third|fourth)$', { isRegex: true }), [3, 4]);
  assert.deepEqual(await find('\\d+ €', { isRegex: true, matchCase: true }), [0]);
});

test('what is no regular expression is said, and one that never ends is ended', async (t) => {
  const file = temporaryFile(t, 'a.results.jsonl', answered('slow', `${'a'.repeat(50)}!`));
  const look = (text: string) =>
    searchRows(
      { paths: [file], pattern: { text, isRegex: true, matchCase: true } },
      { script: script(), limitMs: 200 },
    );
  await assert.rejects(look('('), { name: 'ThreadError', message: /Unterminated group/ });
  await assert.rejects(look('^(a+)+$'), { name: 'ThreadError', message: /takes too long/ });
});

test('a search ends when nobody waits for it any more', async (t) => {
  const file = temporaryFile(t, 'a.results.jsonl', ROWS);
  const stop = new AbortController();
  const pattern = { text: 'a', isRegex: false, matchCase: false };
  const search = searchRows({ paths: [file], pattern }, { script: script(), signal: stop.signal });
  stop.abort(new Error('stopped'));
  await assert.rejects(search, { message: 'stopped' });
});
