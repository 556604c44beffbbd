import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CompletionItem, InsertTextFormat, TextEdit } from 'vscode-languageserver-protocol';
import { bundledModels } from '../../batch/cost/models';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';

/** What is offered at `|` of the last line. */
async function offered(t: TestContext, marked: string, uri = URI): Promise<CompletionItem[]> {
  const client = await startClient(t);
  client.open(uri, marked.replace('|', ''));
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return client.complete(uri, { line: before.length - 1, character: before.at(-1)?.length ?? 0 });
}

const labels = (items: readonly CompletionItem[]): string[] =>
  items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);

function editOf(item: CompletionItem | undefined): TextEdit {
  assert.ok(item?.textEdit && TextEdit.is(item.textEdit));
  return item.textEdit;
}

/** The line after an item was taken, its stops still in it. */
function taken(marked: string, item: CompletionItem | undefined): string {
  const line = marked.replace('|', '');
  const { range, newText } = editOf(item);
  return line.slice(0, range.start.character) + newText + line.slice(range.end.character);
}

test('keys of an unfinished line, those that must be there first', async (t) => {
  const marked = '{"custom_id":"a","params":{"|';
  const items = await offered(t, marked);
  assert.deepEqual(labels(items).slice(0, 3).sort(), ['max_tokens', 'messages', 'model']);
  assert.ok(labels(items).includes('system'));
  const model = items.find(({ label }) => label === 'model');
  assert.equal(model?.filterText, '"model"');
  assert.equal(model?.insertTextFormat, InsertTextFormat.Snippet);
  assert.equal(taken(marked, model), '{"custom_id":"a","params":{"model":"$1"');
});

test('a key that is there is not offered again, and a typed one is replaced with its quotes', async (t) => {
  const marked = '{"custom_id":"a","params":{"model":"claude-haiku-4-5", "max|"}}';
  const items = await offered(t, marked);
  assert.ok(!labels(items).includes('model'));
  const maxTokens = items.find(({ label }) => label === 'max_tokens');
  assert.match(
    taken(marked, maxTokens),
    /^\{"custom_id":"a","params":\{"model":"claude-haiku-4-5", "max_tokens":.*\}\}$/,
  );
});

test('a key before its value is replaced alone', async (t) => {
  const marked = '{"custom_id":"a","params":{"mod|": "claude-haiku-4-5"}}';
  const model = (await offered(t, marked)).find(({ label }) => label === 'model');
  assert.equal(taken(marked, model), '{"custom_id":"a","params":{"model": "claude-haiku-4-5"}}');
});

test('a comma is put where another member follows', async (t) => {
  const marked = '{"custom_id":"a","params":{| "max_tokens":1}}';
  const model = (await offered(t, marked)).find(({ label }) => label === 'model');
  assert.equal(taken(marked, model), '{"custom_id":"a","params":{"model":"$1", "max_tokens":1}}');
});

test('models with price and context, none that is retired', async (t) => {
  const marked = '{"custom_id":"a","params":{"model":"cl|","max_tokens":1}}';
  const items = await offered(t, marked);
  const alive = bundledModels.models.filter(({ status }) => status !== 'retired').map(({ id }) => id);
  assert.deepEqual(labels(items), alive);
  const haiku = items.find(({ label }) => label.startsWith('claude-haiku-4-5'));
  assert.match(haiku?.detail ?? '', /^\$0\.50 in, \$2\.50 out per million tokens · 200,000 tokens of context$/);
  assert.match(taken(marked, haiku), /"model":"claude-haiku-4-5[^"]*","max_tokens":1\}\}$/);
});

test('listed values, by the type that is there', async (t) => {
  const start = '{"custom_id":"a","params":{"messages":[{"role":';
  assert.deepEqual(labels(await offered(t, `${start}"|`)).sort(), ['assistant', 'system', 'user']);
  const source = `${start}"user","content":[{"type":"image","source":{"type":"base64","media_type":"|`;
  assert.ok(labels(await offered(t, source)).includes('image/png'));
});

test('an object is offered whole, one for each of its kinds', async (t) => {
  const inMessages = '{"custom_id":"a","params":{"messages":[|]}}';
  const messages = await offered(t, inMessages);
  assert.deepEqual(labels(messages).sort(), ['assistant', 'system', 'user']);
  const user = messages.find(({ label }) => label === 'user');
  assert.equal(taken(inMessages, user), '{"custom_id":"a","params":{"messages":[{"role":"user","content":"$1"}]}}');
  const inContent = '{"custom_id":"a","params":{"messages":[{"role":"user","content":[|';
  const text = (await offered(t, inContent)).find(({ label }) => label === 'text');
  assert.equal(taken(inContent, text), `${inContent.replace('|', '')}{"type":"text","text":"$1"}`);
});

test('a whole request on an empty line counts on from the one before', async (t) => {
  const [request] = await offered(t, `${requestLine('ticket-0099')}\n|`);
  assert.match(
    editOf(request).newText,
    /^\{"custom_id": "\$\{1:ticket-0100\}", "params": \{"model": "\$\{2\|claude-haiku-4-5,/,
  );
  const [first] = await offered(t, '|', 'untitled:empty.jsonl');
  assert.match(editOf(first).newText, /"\$\{1:request-1\}"/);
});

test('after a key whose value is to be chosen the list opens again', async (t) => {
  const items = await offered(t, '{"custom_id":"a","params":{"|');
  const commands = Object.fromEntries(items.map(({ label, command }) => [label, command?.command]));
  assert.equal(commands.model, 'editor.action.triggerSuggest');
  assert.equal(commands.max_tokens, undefined);
});

test('nothing is offered after a value', async (t) => {
  assert.deepEqual(await offered(t, '{"custom_id":"a"|'), []);
});
