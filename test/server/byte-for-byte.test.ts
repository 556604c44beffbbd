import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type CodeAction,
  CodeActionResolveRequest,
  type Diagnostic,
  PrepareRenameRequest,
  RenameRequest,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { BulkEdit } from '../../batch/bulk/bulk-edit';
import type { Condition } from '../../batch/bulk/condition';
import { type Token, tokensOf } from '../../batch/excerpt/json-tokens';
import { type Json, type JsonObject, valueAt } from '../../batch/json';
import { nodeAt, parseTree } from '../../batch/json-tree';
import { type Line, splitLines } from '../../batch/lines';
import { analyseLine } from '../../batch/lint';
import { namesIn } from '../../batch/names';
import { recognise } from '../../batch/recognise';
import { EditDocument } from '../../server/src/protocol';
import { context } from '../support/contexts';
import { filesOf, oddLines } from '../support/odd-lines';
import { FULL, startClient, type TestClient } from './client';

const FILES = filesOf(oddLines);

// fast-check prints the seed and the smallest failing file.
const RUNS = { numRuns: 80 };
const CAPABILITIES = { capabilities: FULL };

/** A file that is open in a server. */
interface Opened extends TestClient {
  readonly uri: string;
  readonly text: string;
  readonly lines: readonly Line[];
  readonly found: readonly Diagnostic[];
}

/** Opens one file after the other in `client`, once its problems are known. */
function opener(client: TestClient): (text: string) => Promise<Opened> {
  let count = 0;
  return async (text) => {
    const uri = `untitled:odd-${count++}.batch.jsonl`;
    client.open(uri, text);
    const found = await client.diagnostics(uri);
    return { ...client, uri, text, lines: splitLines(text), found };
  };
}

/** The lines after an edit. */
function edited({ uri, text }: Opened, edit: WorkspaceEdit | null | undefined): Line[] {
  if (!edit) return splitLines(text);
  const [change, ...others] = edit.documentChanges ?? [];
  assert.ok(TextDocumentEdit.is(change) && others.length === 0);
  return splitLines(TextDocument.applyEdits(TextDocument.create(uri, 'jsonl', 1, text), change.edits as never));
}

/** Every line that is not named has the bytes that it had, its terminator included; named ones may have changed, or all be gone. */
function assertOthersStay(before: readonly Line[], after: readonly Line[], isNamed: (line: number) => boolean): void {
  const others = (lines: readonly Line[]) => lines.filter((_, line) => !isNamed(line));
  if (after.length === before.length) {
    assert.deepEqual(others(after), others(before));
    assert.deepEqual(
      after.map(({ eol }) => eol),
      before.map(({ eol }) => eol),
    );
  } else assert.deepEqual(written(after), written(others(before)));
}

/** What is written in lines; the last of them may have lost its terminator to one that went. */
function written(lines: readonly Line[]): string[] {
  const texts = lines.map(textOf);
  return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
}

const textOf = ({ text }: Line): string => text;

function requestIn({ text }: Line): JsonObject | undefined {
  try {
    const value = JSON.parse(text);
    return value?.params && typeof value.params === 'object' && !Array.isArray(value.params) ? value : undefined;
  } catch {
    return undefined;
  }
}

test('a rename changes the name it is asked for, where its request means it', async (t) => {
  const client = await startClient(t, CAPABILITIES);
  const open = opener(client);
  let renamed = 0;
  await fc.assert(
    fc.asyncProperty(FILES, fc.nat(), async (text, choice) => {
      const file = await open(text);
      const places = file.lines.flatMap(({ text: line }, number) => {
        const tree = parseTree(line);
        const names = [nodeAt(tree, ['custom_id']), ...namesIn(tree).map(({ node }) => node)];
        return names.flatMap((node) => (node?.type === 'string' ? [{ line: number, node }] : []));
      });
      const { line, node } = places[choice % places.length] ?? {};
      if (line === undefined || !node) return;
      const at = { textDocument: { uri: file.uri }, position: { line, character: node.offset + 1 } };
      if (!(await client.connection.sendRequest(PrepareRenameRequest.type, at))) return;
      const edit = await client.connection.sendRequest(RenameRequest.type, { ...at, newName: 'quite-another' });
      const after = edited(file, edit);
      assertOthersStay(file.lines, after, (other) => other === line);
      assert.deepEqual(changedTokens(file.lines[line]!, after[line]!), new Set([`${node.value} quite-another`]));
      renamed++;
    }),
    RUNS,
  );
  assert.ok(renamed > RUNS.numRuns / 2, `only ${renamed} were renamed`);
});

/** What strings of a line became, `old new`; all that stands between tokens must be as it was. */
function changedTokens(before: Line, after: Line): Set<string> {
  const [was, is] = [before, after].map(({ text }) => ({ text, tokens: tokensOf(text) }));
  assert.equal(is!.tokens.length, was!.tokens.length);
  const of = ({ text }: { text: string }, token: Token | undefined): string => text.slice(token?.start, token?.end);
  const gap = (side: typeof was, i: number): string =>
    side!.text.slice(side!.tokens[i - 1]?.end ?? 0, side!.tokens[i]?.start);
  const changed = new Set<string>();
  for (const [i, token] of was!.tokens.entries()) {
    assert.equal(gap(is, i), gap(was, i));
    const [one, other] = [of(was!, token), of(is!, is!.tokens[i])];
    if (one !== other) changed.add(`${JSON.parse(one)} ${JSON.parse(other)}`);
  }
  return changed;
}

/** Ways to say which requests are meant, and whether a request is. */
const CONDITIONS: readonly (readonly [Condition | undefined, (request: JsonObject) => boolean])[] = [
  [undefined, () => true],
  [{ path: ['params', 'max_tokens'], is: 'equal', value: 64 }, (it) => valueAt(it, ['params', 'max_tokens']) === 64],
  [{ path: ['custom_id'], is: 'matching', pattern: '^[a-c]' }, ({ custom_id: id }) => /^[a-c]/.test(String(id))],
  [{ path: ['params', 'system'], is: 'absent' }, (it) => valueAt(it, ['params', 'system']) === undefined],
];

/** What a request that is meant is afterwards; null for one that goes, undefined for one of which only the id may change. */
type Expected = (request: JsonObject, earlier: readonly JsonObject[]) => JsonObject | null | undefined;

const EDITS: readonly (readonly [BulkEdit, Expected])[] = [
  [{ op: 'set', path: ['params', 'max_tokens'], value: 77 }, (it) => withParam(it, 'max_tokens', 77)],
  [{ op: 'set', path: ['params', 'service_tier'], value: 'auto' }, (it) => withParam(it, 'service_tier', 'auto')],
  [{ op: 'remove', path: ['params', 'max_tokens'] }, (it) => withParam(it, 'max_tokens', undefined)],
  [{ op: 'remove', path: ['params', 'system'] }, (it) => withParam(it, 'system', undefined)],
  [{ op: 'minify' }, (it) => it],
  [{ op: 'renumber', prefix: 'r-' }, () => undefined],
  [{ op: 'prefix', prefix: 'p-' }, () => undefined],
  [
    { op: 'drop-duplicates', by: 'custom_id' },
    (it, earlier) =>
      typeof it.custom_id === 'string' && earlier.some(({ custom_id: id }) => id === it.custom_id) ? null : it,
  ],
];

function withParam(request: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _, ...others } = request.params as JsonObject;
  return { ...request, params: value === undefined ? others : { ...others, [name]: value } };
}

test('a bulk edit changes what it is asked to in the requests that are meant', async (t) => {
  const client = await startClient(t, CAPABILITIES);
  const open = opener(client);
  await fc.assert(
    fc.asyncProperty(
      FILES,
      fc.constantFrom(...EDITS),
      fc.constantFrom(...CONDITIONS),
      async (text, [operation, expected], [where, isMeant]) => {
        const file = await open(text);
        const edit: BulkEdit = { ...operation, where };
        const answer = await client.connection.sendRequest(EditDocument, { uri: file.uri, edit, title: 'Edit' });
        const after = edited(file, answer?.edit);
        const meant = file.lines.map((line) => requestIn(line)).map((it) => (it && isMeant(it) ? it : undefined));
        const wanted = meant.map((it, line) => it && expected(it, meant.slice(0, line).filter(isRequest)));
        if (wanted.includes(null)) return assertOthersStay(file.lines, after, (line) => wanted[line] === null);
        assertOthersStay(file.lines, after, (line) => meant[line] !== undefined);
        for (const [line, request] of meant.entries()) {
          const is = request && requestIn(after[line]!);
          if (request)
            assert.deepEqual(
              is,
              wanted[line] ?? { ...request, ...(is && 'custom_id' in is && { custom_id: is.custom_id }) },
            );
        }
      },
    ),
    RUNS,
  );
});

const isRequest = (it: JsonObject | undefined): it is JsonObject => it !== undefined;

test('a fix changes the lines that it is offered for', async (t) => {
  const client = await startClient(t, CAPABILITIES);
  const open = opener(client);
  const made = new Set<string>();
  await fc.assert(
    fc.asyncProperty(FILES, fc.nat(), fc.nat(), async (text, choice, other) => {
      const file = await open(text);
      const problem = file.found[choice % file.found.length];
      if (!problem) return;
      const actions = (await client.actions(file.uri, problem.range)).filter(({ command, data }) => !command || data);
      const offered = actions[other % actions.length];
      if (!offered) return;
      const action = offered.edit
        ? offered
        : await client.connection.sendRequest(CodeActionResolveRequest.type, offered);
      const named = linesNamed(action, file);
      assertOthersStay(file.lines, edited(file, action.edit), (line) => named.has(line));
      made.add(`${problem.code} ${offered.data ? 'in all' : ''}`);
    }),
    { numRuns: 300 },
  );
  assert.ok(made.size > 20, [...made].join());
});

/** The line whose problem a fix is for, or all that its rule finds something in. */
function linesNamed({ data, diagnostics }: CodeAction, { lines, found }: Opened): Set<number> {
  const rule = (data as { rule: string } | undefined)?.rule;
  if (rule === undefined) return new Set(diagnostics?.map(({ range }) => range.start.line));
  const isMeant = (code: unknown): boolean =>
    rule === 'all-custom-ids' ? /custom-id$/.test(String(code)) : code === rule;
  const shown = found.filter(({ code }) => isMeant(code)).map(({ range }) => range.start.line);
  // What is no mistake is shown on one line of a file.
  const alike = [...lines.keys()].filter((line) =>
    analyseLine(lines[line]!.text, context()).findings.some((it) => isMeant(it.rule)),
  );
  const without = [...lines.keys()].filter((line) => rule === ALL_IDS && lacksId(lines[line]!));
  return new Set([...shown, ...alike, ...without]);
}

/** Its fix gives an id to requests that have none, too. */
const ALL_IDS = 'all-custom-ids';
const lacksId = (line: Line): boolean => !Object.hasOwn(requestIn(line) ?? { custom_id: '' }, 'custom_id');

test('what runs at every save takes out blank lines and a byte order mark', async (t) => {
  const client = await startClient(t, CAPABILITIES);
  const open = opener(client);
  await fc.assert(
    fc.asyncProperty(FILES, async (text) => {
      const file = await open(text);
      const everywhere = { start: { line: 0, character: 0 }, end: { line: file.lines.length, character: 0 } };
      const [action] = await client.actions(file.uri, everywhere, ['source.fixAll']);
      // A file of another shape is none of our business.
      if (recognise('odd.batch.jsonl', text) === 'other-shape') return assert.equal(action, undefined);
      const kept = (lines: readonly Line[]) => lines.map(textOf).filter((line) => line.trim() !== '');
      assert.deepEqual(
        kept(edited(file, action?.edit)),
        kept(file.lines).map((line) => line.replace(/^\uFEFF/, '')),
      );
    }),
    RUNS,
  );
});
