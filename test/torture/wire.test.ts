import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { builtCli } from '../cli/cli';
import {
  answerLost,
  changed,
  clockOff,
  compressed,
  cutAfterBody,
  cutAt,
  cutBefore,
  cutWithin,
  dripping,
  fields,
  rawAnswer,
  redirected,
  rows,
  status,
  statusAfterWork,
} from './mischief';
import { NIGHTLY, placeWith, told } from './setup';
import type { Mischief, Route } from './wire';

const { run } = builtCli();

interface Case {
  readonly mischiefs: readonly Mischief[];
  /** Requests in the file; many make a body that does not fit into the buffers of the sockets. */
  readonly requests?: number;
  readonly code: number | readonly number[];
  /** Batches that the API made. */
  readonly bills: number | readonly number[];
  readonly says?: RegExp;
  /** What a person does next, and what comes of it: one batch, and all its results. */
  readonly next?: readonly string[];
}

const HTML = '<html><body>502 Bad Gateway</body></html>';
const FOUND = /It is batch msgbatch_\w+, as far as can be told/;
const NONE = /No batch of this submission is to be seen\. .*--adopt ID.*--resend/;
const noList = changed('list', (answer) => ({ ...answer, status: 404, body: Buffer.from('{}') }));

/** A proxy's page. */
const page = (on: Route, code: number, times = 1, body = `${HTML}\n`): Mischief =>
  changed(on, () => ({ status: code, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) }), times);
const refusal = (message: string): Buffer =>
  Buffer.from(JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } }));
const NOT_FOUND = Buffer.from('{"type":"error","error":{"type":"not_found_error","message":"not found"}}');
const NO_COUNTS = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
/** Control characters but the ends of lines, and what turns text around. */
const OBEYED = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const CASES: Readonly<Record<string, Case>> = {
  'nothing goes wrong': { mischiefs: [], code: 0, bills: 1 },
  'create: cut before it, all of a small body handed over': {
    mischiefs: [cutBefore('create')],
    // Whether the closing brackets were handed over too is a matter of microseconds.
    code: [0, 4],
    bills: [0, 1],
    next: ['--resend'],
  },
  'create: cut within the body': { mischiefs: [cutWithin(100_000)], requests: 30_000, code: 0, bills: 1 },
  'create: cut after the body': {
    mischiefs: [cutAfterBody()],
    code: 4,
    bills: 0,
    says: NONE,
    next: ['--resend'],
  },
  'create: the answer is lost': { mischiefs: [answerLost()], code: 0, bills: 1, says: FOUND },
  'create: the answer is cut': { mischiefs: [cutAt('create', 40, 'announced')], code: 0, bills: 1, says: FOUND },
  'create: the answer ends early': { mischiefs: [cutAt('create', 40, 'unannounced')], code: 0, bills: 1, says: FOUND },
  'create: the answer drips': { mischiefs: [dripping('create', 20, 10)], code: 0, bills: 1 },
  'create: nobody calls the answers JSON': {
    mischiefs: (['create', 'list', 'retrieve'] as const).map((on) =>
      changed(on, ({ status, body }) => ({ status, headers: { 'content-type': 'text/plain' }, body })),
    ),
    code: 0,
    bills: 1,
    says: /^(?!.*Looking for the batch)/s,
  },
  'create: the answer is compressed': { mischiefs: [compressed('create', 'gzip', gzipSync)], code: 0, bills: 1 },
  'create: 408': { mischiefs: [status('create', 408)], code: 4, bills: 0, says: NONE },
  'create: 409': { mischiefs: [status('create', 409)], code: 4, bills: 0, says: NONE },
  'create: 409 and the batch was made': { mischiefs: [statusAfterWork(409, '')], code: 0, bills: 1, says: FOUND },
  'create: 500': { mischiefs: [status('create', 500)], code: 4, bills: 0, says: NONE },
  'create: 502 with a page, and the batch was made': {
    mischiefs: [statusAfterWork(502, HTML)],
    code: 0,
    bills: 1,
    says: FOUND,
  },
  'create: 502 with a page': {
    mischiefs: [status('create', 502, { body: Buffer.from(HTML) })],
    code: 4,
    bills: 0,
    says: NONE,
  },
  'create: 503': { mischiefs: [status('create', 503)], code: 4, bills: 0, says: NONE },
  'create: 503 and the batch was made': { mischiefs: [statusAfterWork(503, '')], code: 0, bills: 1, says: FOUND },
  'create: 504': { mischiefs: [status('create', 504)], code: 4, bills: 0, says: NONE },
  'create: a page with status 200, and the batch was made': {
    mischiefs: [statusAfterWork(200, HTML)],
    code: 0,
    bills: 1,
    says: FOUND,
  },
  'create: 413': { mischiefs: [status('create', 413)], code: 2, bills: 0, says: /too large.*\nNothing was sent\.\n$/ },
  'create: 429': { mischiefs: [status('create', 429)], code: 0, bills: 1, says: /Nothing was bought; trying again/ },
  'create: 429 with retry-after': {
    mischiefs: [status('create', 429, { headers: { 'retry-after': '1' } })],
    code: 0,
    bills: 1,
    says: /trying again in 1 s\./,
  },
  'create: 529': { mischiefs: [status('create', 529, { times: 2 })], code: 0, bills: 1 },
  'create: 529 with retry-after': {
    mischiefs: [status('create', 529, { headers: { 'retry-after': '1' } })],
    code: 0,
    bills: 1,
    says: /trying again in 1 s\./,
  },
  'create: 200 for a batch without a name': {
    mischiefs: [fields('create', (made) => ({ ...made, id: '' }), 1)],
    code: 0,
    bills: 1,
    says: FOUND,
  },
  'create: 204 and the batch was made': { mischiefs: [statusAfterWork(204, '')], code: 0, bills: 1, says: FOUND },
  'create: 101': {
    mischiefs: [rawAnswer('create', 'HTTP/1.1 101 Go On\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')],
    code: 0,
    bills: 1,
    says: FOUND,
  },
  'create: a status that is none': {
    mischiefs: [rawAnswer('create', 'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n')],
    code: 0,
    bills: 1,
    says: FOUND,
  },
  'create: no HTTP': { mischiefs: [rawAnswer('create', 'go away\r\n\r\n')], code: 0, bills: 1, says: FOUND },
  'create: words that a terminal obeys': {
    mischiefs: [status('create', 400, { body: refusal('\u001b]0;mine\u0007\u001b[2J\r\u009b31m gone \u202e') })],
    code: 2,
    bills: 0,
    says: /‹U\+001B›\]0;mine‹U\+0007›‹U\+001B›\[2J‹U\+000D›‹U\+009B›31m gone ‹U\+202E›/,
  },
  'create: redirected': {
    mischiefs: [redirected('create', 'http://127.0.0.1:9/')],
    code: 2,
    bills: 0,
    says: /redirects to http:\/\/127\.0\.0\.1:9\/: nothing is sent on.*\nNothing was sent\.\n$/,
  },
  'the list is late': {
    mischiefs: [answerLost(), changed('list', (answer) => ({ ...answer, body: Buffer.from('{"data":[]}') }), 1)],
    code: 0,
    bills: 1,
  },
  'the list fails at first': { mischiefs: [answerLost(), status('list', 500)], code: 0, bills: 1 },
  'the list fails to the end': {
    mischiefs: [answerLost(), status('list', 500, { times: 99 })],
    code: 4,
    bills: 1,
    says: /failed: asked for.*--adopt ID.*--resend/,
  },
  'the list drips': { mischiefs: [answerLost(), dripping('list', 40, 5)], code: 0, bills: 1 },
  'the list names batches without counts': {
    mischiefs: [answerLost(), fields('list', (page) => ({ ...page, data: [{ id: 'x' }] }), 1)],
    code: 0,
    bills: 1,
  },
  'there is no list': {
    mischiefs: [answerLost(), noList],
    code: 4,
    bills: 1,
    says: /gives no list of batches\. .*--adopt ID/,
  },
  "the server's clock is an hour late": { mischiefs: [answerLost(), ...clockOff(-3_600_000)], code: 0, bills: 1 },
  "the server's clock is an hour early": { mischiefs: [answerLost(), ...clockOff(3_600_000)], code: 0, bills: 1 },
  'retrieve: 404 after create': {
    mischiefs: [status('retrieve', 404, { times: 4, body: NOT_FOUND })],
    code: 0,
    bills: 1,
    // Once, however often it was asked.
    says: /^(?!.*cannot be seen yet.*cannot be seen yet).*The batch msgbatch_\w+ cannot be seen yet\. Trying again\.\n/s,
  },
  'retrieve: cut, 500, 429': {
    mischiefs: [cutBefore('retrieve'), status('retrieve', 500), status('retrieve', 429)],
    code: 0,
    bills: 1,
    says: /Trying again\./,
  },
  'retrieve: the answer drips': { mischiefs: [dripping('retrieve', 30, 5)], code: 0, bills: 1 },
  'retrieve: another batch': {
    mischiefs: [fields('retrieve', (batch) => ({ ...batch, id: 'msgbatch_other' }), 2)],
    code: 0,
    bills: 1,
    says: /an answer that is none of the Message Batches API.*Trying again\./,
  },
  'retrieve: a page with status 200': { mischiefs: [page('retrieve', 200)], code: 0, bills: 1 },
  'retrieve: counts that stay 0, and the results are cut': {
    mischiefs: [
      fields('retrieve', (batch) => ({ ...batch, request_counts: NO_COUNTS })),
      cutAt('results', 700, 'unannounced'),
    ],
    code: 0,
    bills: 1,
  },
  'retrieve: counts that are words': {
    mischiefs: [fields('retrieve', (batch) => ({ ...batch, request_counts: { succeeded: 'many' } }))],
    code: 0,
    bills: 1,
  },
  'retrieve: 401': {
    mischiefs: [status('retrieve', 401, { times: 9 })],
    code: 2,
    bills: 1,
    says: /was refused by .*\n5 requests were sent, as batch/,
    next: [],
  },
  'results: cut, with word of their length': { mischiefs: [cutAt('results', 700, 'announced')], code: 0, bills: 1 },
  'results: cut in chunks': { mischiefs: [cutAt('results', 700, 'chunked', 2)], code: 0, bills: 1 },
  'results: cut without a word': { mischiefs: [cutAt('results', 700, 'unannounced', 2)], code: 0, bills: 1 },
  'results: every byte alone': { mischiefs: [dripping('results', 1, 0)], code: 0, bills: 1 },
  'results: compressed': { mischiefs: [compressed('results', 'gzip', gzipSync)], code: 0, bills: 1 },
  'results: compressed with Brotli': {
    mischiefs: [compressed('results', 'br', brotliCompressSync)],
    code: 0,
    bills: 1,
  },
  'results: deflated': { mischiefs: [compressed('results', 'deflate', deflateSync)], code: 0, bills: 1 },
  'results: a page with status 200': { mischiefs: [page('results', 200, 4)], code: 0, bills: 1 },
  'results: nothing at all': { mischiefs: [page('results', 200, 4, '')], code: 0, bills: 1 },
  'results: a part that nobody asked for': {
    mischiefs: [changed('results', (answer) => ({ ...answer, status: 206, body: answer.body.subarray(0, 300) }), 4)],
    code: 0,
    bills: 1,
  },
  'results: 404 for a moment': {
    mischiefs: [status('results', 404, { body: NOT_FOUND })],
    code: 0,
    bills: 1,
    says: /The results of msgbatch_\w+ cannot be seen yet\. Trying again\.\n/,
  },
  'results: redirected once': { mischiefs: [redirected('results', 'http://127.0.0.1:9/', 1)], code: 0, bills: 1 },
  'results: always redirected': {
    mischiefs: [redirected('results', 'http://127.0.0.1:9/')],
    code: 2,
    bills: 1,
    says: /redirects to .*: nothing is sent on/,
  },
  'results: a row twice': {
    mischiefs: [rows((lines) => [lines[0] ?? '', ...lines])],
    code: 3,
    bills: 1,
    says: /1 answered twice.*\n {2}answered twice: ticket-\d/,
  },
  "results: nobody's row": {
    mischiefs: [rows((lines) => [...lines, '{"custom_id":"nobody","result":{"type":"expired"}}'])],
    code: 3,
    bills: 1,
    says: /1 not asked for.*\n {2}not asked for: nobody/,
  },
  "results: nobody's row, whose id a terminal obeys": {
    mischiefs: [rows((lines) => [...lines, '{"custom_id":"\\u001b[2J","result":{"type":"expired"}}'])],
    code: 3,
    bills: 1,
    says: /not asked for: ‹U\+001B›\[2J/,
  },
  'results: a row is missing': {
    mischiefs: [rows((lines) => lines.filter((line) => !line.includes('"ticket-2"')))],
    code: 3,
    bills: 1,
    says: /1 missing.*\n {2}missing: ticket-2/,
  },
  'results: a row is no row': {
    mischiefs: [rows((lines) => lines.map((line) => (line.includes('"ticket-2"') ? line.slice(0, 90) : line)))],
    code: 3,
    bills: 1,
    says: /1 unreadable.*\n {2}missing: ticket-2\n {2}unreadable: line \d\n/,
  },
};

describe('a wire that misbehaves', { concurrency: 4 }, () => {
  for (const [name, { mischiefs, requests = 5, code, bills, says, next }] of Object.entries(CASES)) {
    test(name, async (t) => {
      const place = await placeWith(t, mischiefs, { requests });
      const { cwd, env } = place;
      const first = await run(NIGHTLY, { cwd, env });
      assert.ok([code].flat().includes(first.code ?? -1), told(first));
      assert.ok([bills].flat().includes(place.sandbox.batches().length), told(first));
      if (says) assert.match(first.stderr, says);
      assert.doesNotMatch(first.stderr + first.stdout, OBEYED);
      if (first.code === 0) assert.equal(new Set(place.results()).size, requests);
      if (first.code === 2 || first.code === 4) assert.equal(place.results(), null);
      if (!next) return;
      const second = await run([...NIGHTLY, ...next], { cwd, env });
      if (next.length > 0) assert.equal(second.code, 0, told(second));
      assert.equal(place.sandbox.batches().length, 1);
    });
  }
});
