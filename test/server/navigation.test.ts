import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  DefinitionRequest,
  DocumentHighlightKind,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  type Location,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  type SelectionRange,
  SelectionRangeRequest,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
  WorkspaceFoldersRequest,
  type WorkspaceSymbol,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol';
import { RenameWarning } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { FULL, startClient, type TestClient, uriOf } from './client';

const URI = 'untitled:tickets.batch.jsonl';

/** A conversation that calls one of two tools; long, as lines are. */
const CALL = JSON.stringify({
  custom_id: 'call',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 64,
    system: 'x'.repeat(30_000),
    tools: [
      { name: 'find', input_schema: { type: 'object', properties: { name: { type: 'string' } } } },
      { name: 'pay', input_schema: { type: 'object' } },
      { type: 'web_search_20250305', name: 'web_search' },
    ],
    tool_choice: { type: 'tool', name: 'find' },
    messages: [
      { role: 'user', content: 'find' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { name: 'find' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'found' }] },
    ],
  },
});

const TEXT = [CALL, requestLine('a'), requestLine('b'), requestLine('a', 'again'), ''].join('\n');

async function opened(t: TestContext, uri = URI, text = TEXT): Promise<TestClient> {
  const client = await startClient(t);
  client.open(uri, text);
  return client;
}

/** One character into the `nth` place of `what` in line `line` of the text. */
function inside(what: string, { line = 0, nth = 0 } = {}) {
  const text = TEXT.split('\n')[line] ?? '';
  let character = -1;
  for (let i = 0; i <= nth; i++) character = text.indexOf(what, character + 1);
  assert.ok(character >= 0, what);
  return { textDocument: { uri: URI }, position: { line, character: character + 1 } };
}

const textOf = ({ start, end }: Range): string =>
  TEXT.split('\n')[start.line]?.slice(start.character, end.character) ?? '';
/** What stands before a place, to tell it from others with the same text. */
const around = (range: Range): string =>
  `${textOf({ start: { ...range.start, character: Math.max(0, range.start.character - 10) }, end: range.end })}`;

test('a use leads to what it means', async (t) => {
  const { connection } = await opened(t);
  const lead = async (at: ReturnType<typeof inside>): Promise<string> => {
    const found = (await connection.sendRequest(DefinitionRequest.type, at)) as Location | null;
    return found ? `${found.range.start.line} ${around(found.range)}` : 'nowhere';
  };
  assert.equal(await lead(inside('"find"', { nth: 1 })), '0 [{"name":"find');
  assert.equal(await lead(inside('"toolu_1"', { nth: 1 })), '0 se","id":"toolu_1');
  assert.equal(await lead(inside('"a"', { line: 3 })), '1 stom_id":"a');
  assert.equal(await lead(inside('"model"')), 'nowhere');
});

test('references and highlights are all places of a name, and not the same word elsewhere', async (t) => {
  const { connection } = await opened(t);
  const at = inside('"find"');
  const all = await connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } });
  assert.deepEqual(
    all?.map(({ range }) => around(range)),
    ['[{"name":"find', '","name":"find', '","name":"find'],
  );
  const uses = await connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: false } });
  assert.equal(uses?.length, 2);
  const highlights = await connection.sendRequest(DocumentHighlightRequest.type, inside('"a"', { line: 1 }));
  assert.deepEqual(
    highlights?.map(({ range, kind }) => [range.start.line, kind]),
    [
      [1, DocumentHighlightKind.Write],
      [3, DocumentHighlightKind.Read],
    ],
  );
});

test('a tool is renamed with all that means it, and nothing else', async (t) => {
  const { connection } = await opened(t);
  const edit = await connection.sendRequest(RenameRequest.type, {
    ...inside('"find"', { nth: 3 }),
    newName: 'look_up',
  });
  const params = JSON.parse(applied(CALL, editsIn(edit))).params;
  assert.equal(params.tools[0].name, 'look_up');
  assert.equal(params.tool_choice.name, 'look_up');
  // What the tool is given stays.
  const [use] = params.messages[1].content;
  assert.deepEqual([use.name, use.input.name], ['look_up', 'find']);
  assert.equal(editsIn(edit).length, 3);
});

test('what the API named, and what is named already, is not renamed', async (t) => {
  const { connection } = await opened(t);
  const rename = (at: ReturnType<typeof inside>, newName: string) =>
    connection.sendRequest(RenameRequest.type, { ...at, newName });
  assert.equal(await connection.sendRequest(PrepareRenameRequest.type, inside('"web_search"')), null);
  await assert.rejects(rename(inside('"find"'), 'pay'), /This request has a tool "pay" already/);
  await assert.rejects(rename(inside('"find"'), 'no spaces'), /1 to 128 letters/);
  await assert.rejects(rename(inside('"b"', { line: 2 }), 'a'), /Line 2 has the custom_id "a" already/);
  await assert.rejects(rename(inside('"b"', { line: 2 }), 'ä'), /1 to 64 letters/);
});

test('a repeated id is renamed where the cursor stands; results that keep the old one are a warning', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'tickets.batch.jsonl');
  writeFileSync(join(folder, 'tickets.20261120T2104Z.results.jsonl'), '');
  const client = await startClient(t, { options: {} });
  const { connection } = client;
  client.open(uriOf(file), TEXT);
  const at = { ...inside('"a"', { line: 3 }), textDocument: { uri: uriOf(file) } };
  const prepared = await connection.sendRequest(PrepareRenameRequest.type, at);
  assert.deepEqual(prepared, { range: range(3, 14, 15), placeholder: 'a' });
  const edit = await connection.sendRequest(RenameRequest.type, { ...at, newName: 'c' });
  assert.deepEqual(
    editsIn(edit).flatMap(({ range: where, newText }) => (newText === '' ? [] : [where])),
    [range(3, 14, 15)],
  );
  const [annotation, ...others] = Object.values(edit?.changeAnnotations ?? {});
  assert.ok(
    others.some(({ needsConfirmation }) => needsConfirmation),
    'it is shown before it is made',
  );
  assert.match(annotation?.label ?? '', /keep the old custom_id \(tickets\.20261120T2104Z\.results\.jsonl\)/);
});

test('our own client asks for that warning before, and gets an edit without it', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'tickets.batch.jsonl');
  const { connection } = await opened(t, uriOf(file));
  const at = { ...inside('"a"', { line: 3 }), textDocument: { uri: uriOf(file) } };
  assert.equal(await connection.sendRequest(RenameWarning, at), null);
  writeFileSync(join(folder, 'tickets.20261120T2104Z.results.jsonl'), '');
  assert.match(String(await connection.sendRequest(RenameWarning, at)), /^Results of this file keep the old custom_id/);
  const ofTool = { ...inside('"find"'), textDocument: { uri: uriOf(file) } };
  assert.equal(await connection.sendRequest(RenameWarning, ofTool), null);
  const edit = await connection.sendRequest(RenameRequest.type, { ...at, newName: 'c' });
  assert.equal(edit?.changeAnnotations, undefined);
});

test('addresses, files and batches are links', async (t) => {
  const url = 'https://example.com/a?b=\\u0026c';
  const line = `{"custom_id":"a","params":{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"${url}"}},{"type":"document","source":{"type":"file","file_id":"file_011CNha8iCJcU1wXNR6q4V8w"}}]}]}}`;
  const { connection } = await opened(t, URI, line);
  const links = await connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: URI } });
  assert.deepEqual(
    links?.map(({ target, range: { start, end } }) => [target, line.slice(start.character, end.character)]),
    [
      ['https://example.com/a?b=&c', url],
      ['https://platform.claude.com/workspaces/default/files', 'file_011CNha8iCJcU1wXNR6q4V8w'],
    ],
  );
});

test('a selection grows from the text to its string, its property, and at last the line', async (t) => {
  const { connection } = await opened(t);
  const { textDocument, position } = inside('"Hello"', { line: 1 });
  const ranges = await connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] });
  const chain: string[] = [];
  for (let at: SelectionRange | undefined = ranges?.[0]; at; at = at.parent) chain.push(textOf(at.range));
  assert.deepEqual(chain.slice(0, 3), ['Hello', '"Hello"', '"content":"Hello"']);
  assert.equal(chain.at(-1), requestLine('a'));
  assert.deepEqual(
    chain,
    chain.toSorted((one, other) => one.length - other.length),
  );
});

test('requests of open files are found by the letters of their ids', async (t) => {
  const { connection, quiet } = await opened(t, URI, [requestLine('ticket-0041'), requestLine('order-7')].join('\n'));
  await connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: URI } });
  await quiet();
  const found = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'TK41' });
  assert.deepEqual(
    found?.map(({ name }) => name),
    ['ticket-0041'],
  );
});

test('requests of files that are open nowhere are found by their ids too, as the files are now', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'deeper', 'closed.batch.jsonl');
  mkdirSync(join(folder, 'deeper'));
  mkdirSync(join(folder, 'node_modules'));
  const open = join(folder, 'open.batch.jsonl');
  writeFileSync(open, requestLine('ticket-on-disk'));
  writeFileSync(file, [requestLine('order-1'), '', requestLine('ticket-2')].join('\n'));
  writeFileSync(join(folder, 'log.jsonl'), '{"level":"info","id":"ticket-3"}\n');
  writeFileSync(join(folder, 'node_modules', 'a.batch.jsonl'), requestLine('ticket-4'));
  writeFileSync(join(folder, 'a.results.jsonl'), '{"custom_id":"ticket-5","result":{"type":"expired"}}\n');
  const capabilities = { ...FULL, workspace: { ...FULL.workspace, workspaceFolders: true } };
  const client = await startClient(t, { capabilities });
  const { connection } = client;
  connection.onRequest(WorkspaceFoldersRequest.type, () => [{ uri: uriOf(folder), name: 'a' }]);
  client.open(uriOf(open), requestLine('ticket-unsaved'));
  await client.summary(uriOf(open), (summary) => summary !== null);
  const find = async (query: string) =>
    ((await connection.sendRequest(WorkspaceSymbolRequest.type, { query })) as WorkspaceSymbol[]).map(
      ({ name, location }) => [name, location.uri, 'range' in location ? location.range.start.line : -1],
    );
  assert.deepEqual(await find('ticket'), [
    ['ticket-unsaved', uriOf(open), 0],
    ['ticket-2', uriOf(file), 2],
  ]);
  assert.deepEqual(await find(''), [['ticket-unsaved', uriOf(open), 0]]);
  writeFileSync(file, requestLine('ticket-20'));
  assert.deepEqual(await find('20'), [['ticket-20', uriOf(file), 0]]);
});

test('no formatter: many people format at every save', async (t) => {
  const { initialized } = await startClient(t);
  const { documentFormattingProvider, documentRangeFormattingProvider, documentOnTypeFormattingProvider } =
    initialized.capabilities;
  assert.deepEqual(
    [documentFormattingProvider, documentRangeFormattingProvider, documentOnTypeFormattingProvider],
    [undefined, undefined, undefined],
  );
});

const range = (line: number, start: number, end: number): Range => ({
  start: { line, character: start },
  end: { line, character: end },
});

function editsIn(edit: WorkspaceEdit | null): TextEdit[] {
  const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  return (change?.edits ?? []) as TextEdit[];
}

function applied(line: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.range.start.character - a.range.start.character)
    .reduce(
      (text, { range: { start, end }, newText }) =>
        text.slice(0, start.character) + newText + text.slice(end.character),
      line,
    );
}
