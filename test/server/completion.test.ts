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

test('only what the model takes is offered', async (t) => {
  const start = '{"custom_id":"a","params":{"model":"claude-opus-5-5",';
  assert.deepEqual(labels(await offered(t, `${start}"thinking":{"type":"|`)), ['adaptive']);
  assert.deepEqual(labels(await offered(t, `${start}"tool_choice":|`)), ['auto', 'none']);
  const keys = labels(await offered(t, `${start}"|`));
  for (const refused of ['temperature', 'stream', 'speed']) assert.ok(!keys.includes(refused), refused);
  assert.ok(keys.includes('thinking'));
  const older = '{"custom_id":"a","params":{"model":"claude-haiku-4-5","thinking":{"type":"|';
  assert.deepEqual(labels(await offered(t, older)).sort(), ['disabled', 'enabled']);
});

test('what needs a beta comes last and says so', async (t) => {
  const items = await offered(t, '{"custom_id":"a","params":{"model":"claude-opus-5-5","|');
  const servers = items.find(({ label }) => label === 'mcp_servers');
  assert.match(JSON.stringify(servers?.documentation), /beta/);
  assert.match(servers?.sortText ?? '', /^2/);
});

test('the tools and tool uses of the request are offered where one is meant', async (t) => {
  const tools =
    '"tools":[{"name":"find","input_schema":{"type":"object"}},{"name":"pay","input_schema":{"type":"object"}}]';
  const start = `{"custom_id":"a","params":{"model":"claude-haiku-4-5",${tools},`;
  assert.deepEqual(labels(await offered(t, `${start}"tool_choice":{"type":"tool","name":"|`)), ['find', 'pay']);
  const call = '{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"find","input":{}}]}';
  const answer = '{"role":"user","content":[{"type":"tool_result","tool_use_id":"|';
  assert.deepEqual(labels(await offered(t, `${start}"messages":[${call},${answer}`)), ['toolu_1']);
});

test('whole blocks, tools and requests, written as tightly as the line', async (t) => {
  const tight = '{"custom_id":"a","params":{"tools":[|';
  const tool = (await offered(t, tight)).find(({ label }) => label === 'tool');
  assert.match(editOf(tool).newText, /^\{"name":"\$\{1:get_weather\}","description":/);
  const spaced = '{"custom_id": "a", "params": {"messages": [{"role": "user", "content": [|';
  const image = (await offered(t, spaced)).find(({ label }) => label === 'image from URL');
  assert.match(editOf(image).newText, /^\{"type": "image", "source": /);
  const requests = await offered(t, '|', 'untitled:empty.jsonl');
  assert.ok(requests.length > 4);
  for (const { textEdit } of requests) {
    assert.ok(textEdit && TextEdit.is(textEdit));
    assert.doesNotThrow(() => JSON.parse(filledIn(textEdit.newText)), textEdit.newText);
  }
});

/** A snippet with its first choices and proposals taken. */
function filledIn(snippet: string): string {
  return snippet.replaceAll(/\$\{\d+[:|]([^},|]*)[^}]*\}/g, '$1').replaceAll(/\$\d+/g, '');
}

test('in a line of many megabytes', async (t) => {
  const long = `{"custom_id":"a","params":{"model":"claude-haiku-4-5","system":"${'x'.repeat(3_000_000)}","max|"}}`;
  assert.ok(labels(await offered(t, long)).includes('max_tokens'));
});
