import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type CodeAction,
  CodeActionResolveRequest,
  type Range,
  TextDocumentEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { requestLine } from '../support/contexts';
import { FULL, startClient, type TestClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';
const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

const templated = (id: string): string => requestLine(id).replace('max_tokens', 'max_token');

async function actions(client: TestClient, text: string, range = EVERYWHERE, only?: string[]): Promise<CodeAction[]> {
  client.open(URI, text);
  return client.actions(URI, range, only);
}

/** `text` after an action's edit. */
function applied(text: string, action: CodeAction | undefined): string {
  const [change] = action?.edit?.documentChanges ?? [];
  assert.ok(TextDocumentEdit.is(change));
  assert.deepEqual(change.textDocument, { uri: URI, version: 1 });
  return TextDocument.applyEdits(TextDocument.create(URI, 'jsonl', 1, text), change.edits as never);
}

test('a fix mends the line with the smallest edit', async (t) => {
  const client = await startClient(t);
  const all = await actions(client, `${requestLine('ok')}\n${templated('a')}`);
  const rename = all.find(({ title }) => title.includes('"max_tokens"'));
  assert.equal(rename?.kind, 'quickfix');
  assert.equal(rename?.isPreferred, true);
  assert.equal(rename?.diagnostics?.[0]?.range.start.line, 1);
  assert.equal(applied(`${requestLine('ok')}\n${templated('a')}`, rename), `${requestLine('ok')}\n${requestLine('a')}`);
  const [change] = rename?.edit?.documentChanges ?? [];
  assert.ok(TextDocumentEdit.is(change));
  assert.deepEqual(
    change.edits.map((edit) => 'newText' in edit && edit.newText),
    ['"max_tokens"'],
  );
});

test('what has another shape is offered to be converted as a whole', async (t) => {
  const client = await startClient(t);
  client.open('file:///tmp/vertex.jsonl', '{"custom_id":"a","request":{"max_tokens":1,"messages":[]}}\n');
  const [problem] = await client.diagnostics('file:///tmp/vertex.jsonl', (all) => all.length > 0);
  assert.match(String(problem?.message), /^This is a Google Cloud Vertex AI batch request/);
  const offered = await client.actions('file:///tmp/vertex.jsonl', EVERYWHERE);
  assert.deepEqual(
    offered.map(({ title, command }) => [title, command?.command, command?.arguments]),
    [['Convert to a Batch File…', 'messageBatches.convert', ['file:///tmp/vertex.jsonl']]],
  );
});

test('only what touches the range is offered', async (t) => {
  const client = await startClient(t);
  const line1 = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
  assert.deepEqual(await actions(client, `${templated('a')}\n${requestLine('ok')}`, line1), []);
});

test('all of a kind are mended at once, after a look, beyond what is shown', async (t) => {
  const client = await startClient(t);
  const ids = Array.from({ length: 50 }, (_, i) => `r-${i}`);
  const text = ids.map(templated).join('\n');
  const first = { start: { line: 0, character: 0 }, end: { line: 0, character: 200 } };
  const action = (await actions(client, text, first)).find(({ title }) => title.endsWith('in 50 requests'));
  assert.ok(action);
  assert.match(action.title, /"max_tokens"/);
  assert.equal(action.edit, undefined);
  const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, action);
  assert.equal(applied(text, resolved), ids.map((id) => requestLine(id)).join('\n'));
  const annotations = Object.values(resolved.edit?.changeAnnotations ?? {});
  assert.deepEqual(annotations, [
    { label: action.title, needsConfirmation: false },
    { label: action.title, needsConfirmation: true },
  ]);
});

test('a client that resolves nothing gets the edits at once, and none that it cannot read', async (t) => {
  const client = await startClient(t, { capabilities: {} });
  const found = await actions(client, [templated('a'), templated('b')].join('\n'));
  const all = found.find(({ title }) => title.endsWith('in 2 requests'));
  assert.equal(all?.edit?.changes?.[URI]?.length, 2);
});

const SETTINGS_LINE = requestLine('a').replace('"max_tokens"', '"temperature":0.5,"max_tokens"');

async function settingsFixes(t: TestContext, commands: boolean): Promise<CodeAction[]> {
  const client = await startClient(t, { options: { commands } });
  return (await actions(client, SETTINGS_LINE)).filter(({ command }) => command !== undefined);
}

test('a change of settings is a command of the client', async (t) => {
  const [fix] = await settingsFixes(t, true);
  assert.equal(fix?.command?.command, 'messageBatches.applySettingsFix');
  assert.deepEqual(fix?.command?.arguments, [{ uri: URI, change: { apiVersion: '2023-06-01' } }]);
});

test('a client without the command is not offered it', async (t) => {
  assert.deepEqual(await settingsFixes(t, false), []);
});

test('what runs at every save takes out blank lines and nothing else', async (t) => {
  const client = await startClient(t);
  const kept = [
    templated('a'),
    requestLine('a'),
    SETTINGS_LINE,
    '{"custom_id":"x","x":',
    requestLine('a b'),
    '{"params":{"stream":true}}',
  ];
  const text = `\n${kept.join('\n\n  \n')}\n\n\n`;
  const [fixAll, ...others] = await actions(client, text, EVERYWHERE, ['source.fixAll']);
  assert.deepEqual(others, []);
  assert.equal(fixAll?.kind, 'source.fixAll.messageBatches');
  assert.equal(applied(text, fixAll), `${kept.join('\n')}\n`);
});

test('a file with ten kinds of errors stays byte for byte as it is at a save', async (t) => {
  const client = await startClient(t, { capabilities: FULL });
  const wrong = (change: (line: string) => string, id: string): string => change(requestLine(id));
  const lines = [
    templated('a'),
    requestLine('a'),
    requestLine('a b'),
    SETTINGS_LINE,
    '{"custom_id":',
    '["no request"]',
    wrong((line) => line.replace('64', '"64"'), 'c'),
    wrong((line) => line.replace('64', '64000000'), 'd'),
    wrong((line) => line.replace('claude-haiku-4-5', 'claude-3-opus-20240229'), 'e'),
    wrong((line) => line.replace('"role":"user"', '"role":"developer"'), 'f'),
    wrong((line) => line.replace('"model"', '"stream":true,"model"'), 'g'),
    wrong((line) => line.replace('"max_tokens":64', '"max_tokens":64,"max_tokens":65'), 'h'),
  ];
  const text = lines.join('\r\n');
  client.open(URI, text);
  const errors = (await client.diagnostics(URI, (all) => all.length > 0)).filter(({ severity }) => severity === 1);
  assert.ok(new Set(errors.map(({ code }) => code)).size >= 10, errors.map(({ code }) => code).join());
  assert.deepEqual(await client.actions(URI, EVERYWHERE, ['source.fixAll']), []);
  assert.deepEqual(await client.actions(URI, EVERYWHERE, ['source.fixAll.messageBatches']), []);
  assert.deepEqual(await client.actions(URI, EVERYWHERE, ['source.organizeImports']), []);
});

const SAME = [requestLine('a b'), requestLine('x'), requestLine('a-b'), requestLine('x')].join('\n');

test('a new id is one that no other request has', async (t) => {
  const client = await startClient(t);
  const titles = (await actions(client, SAME)).map(({ title }) => title);
  assert.deepEqual(titles, [
    'Change to "a-b-2"',
    'Change to "x-2"',
    'Make All custom_ids Valid and Unique in 2 requests',
  ]);
});

test('all ids are mended at once, and the client is told the old and the new ones', async (t) => {
  const client = await startClient(t);
  const all = (await actions(client, SAME)).at(-1);
  assert.equal(all?.edit, undefined);
  const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, all as CodeAction);
  assert.equal(applied(SAME, resolved), ['a-b-2', 'x', 'a-b', 'x-2'].map((id) => requestLine(id)).join('\n'));
  assert.deepEqual(resolved.command, {
    title: all?.title,
    command: 'messageBatches.writeRenamedIds',
    arguments: [
      {
        uri: URI,
        renamings: [
          { line: 0, from: 'a b', to: 'a-b-2' },
          { line: 3, from: 'x', to: 'x-2' },
        ],
      },
    ],
  });
});

test('blank lines at the very end go without their neighbours', async (t) => {
  const client = await startClient(t);
  const text = `${requestLine('a')}\n \n  `;
  const [fixAll] = await actions(client, text, EVERYWHERE, ['source']);
  assert.equal(applied(text, fixAll), requestLine('a'));
});

test('what requests share is cached in all of them at once, and only there', async (t) => {
  const client = await startClient(t);
  const shared = 'Answer as the handbook of the company says. '.repeat(200);
  const line = (id: string, system: unknown) =>
    requestLine(id)
      .replace('claude-haiku-4-5', 'claude-opus-5-5')
      .replace('"max_tokens":64', '"max_tokens":1024')
      .replace('"messages"', `"system":${JSON.stringify(system)},"messages"`);
  const ids = Array.from({ length: 30 }, (_, i) => `r-${i}`);
  const mark = { type: 'ephemeral', ttl: '1h' };
  const cached = [{ type: 'text', text: shared, cache_control: mark }];
  const text = [line('x', `${shared} But not I.`), line('y', cached), ...ids.map((id) => line(id, shared))].join('\n');
  const at = { line: 2, character: text.split('\n')[2]!.indexOf('"system"') + 1 };
  const offered = await actions(client, text, { start: at, end: at });
  assert.deepEqual(
    offered.map(({ title }) => title),
    ['Cache What They Share for an Hour in 30 requests'],
  );
  const [hint, deviation] = ['cache-breakpoint-missing', 'cache-prefix-differs'].map((code) =>
    client.published.at(-1)?.diagnostics.find((each) => each.code === code),
  );
  assert.match(
    String(hint?.message),
    /^31 requests share about [\d,]+ tokens up to here, and 30 of them do not mark it/,
  );
  // The closing quote of the others stands where this one goes on.
  const [first, second] = text.split('\n');
  const [own, other] = [first!.indexOf(' But not I.'), second!.indexOf('","cache_control"')];
  assert.deepEqual(deviation?.range.start, { line: 0, character: own });
  assert.deepEqual(deviation?.relatedInformation?.[0]?.location.range.start, { line: 1, character: other });
  const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, offered[0]!);
  const mended = applied(text, resolved).split('\n');
  assert.deepEqual(mended.slice(0, 2), text.split('\n').slice(0, 2));
  assert.deepEqual(
    mended.slice(2),
    ids.map((id) => line(id, cached)),
  );
});
