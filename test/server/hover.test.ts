import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';

/** What is said of the first `what` of a line, and the text that it is said of. */
async function hovered(t: TestContext, line: string, what: string): Promise<[markdown: string, of: string] | null> {
  const client = await startClient(t);
  client.open(URI, line);
  const hover: Hover | null = await client.hover(URI, { line: 0, character: line.indexOf(what) });
  if (!hover?.range) return null;
  const { start, end } = hover.range;
  return [(hover.contents as MarkupContent).value, line.slice(start.character, end.character)];
}

test('a field says what it is for', async (t) => {
  const [markdown, of] = (await hovered(t, requestLine('a'), '"max_tokens"')) ?? [];
  assert.equal(of, '"max_tokens"');
  assert.match(markdown ?? '', /^\*\*max_tokens\*\* · `\w+` · required\n\n\w/);
});

test('a custom_id says what its request costs', async (t) => {
  const [markdown] = (await hovered(t, requestLine('a'), '"a"')) ?? [];
  assert.match(markdown ?? '', /\| Input, estimated \| \d+ \(\d+–\d+\) \| \$0\.0\d+ \(\$0\.0\d+–\$0\.0\d+\) \|/);
  assert.match(markdown ?? '', /\| Output, up to \| 64 \| \$0\.00016 \|/);
  assert.match(markdown ?? '', /Sent alone it would cost \$0\.0\d+\./);
});

test('the request of an unknown model has no price', async (t) => {
  const line = requestLine('a').replace('claude-haiku-4-5', 'claude-next-9');
  const [markdown] = (await hovered(t, line, '"a"')) ?? [];
  assert.match(markdown ?? '', /No price is known for `claude-next-9`\./);
});

test('a model says its price, its limits and its end', async (t) => {
  const [markdown] = (await hovered(t, requestLine('a').replace('haiku', 'sonnet'), '"claude-sonnet-4-5')) ?? [];
  assert.match(markdown ?? '', /\*\*Claude Sonnet 4\.5\*\* · deprecated/);
  assert.match(
    markdown ?? '',
    /Per million tokens \$1\.50 in and \$7\.50 out in a batch \(sent alone \$3\.00 in and \$15\.00 out\)/,
  );
  assert.match(markdown ?? '', /Retires on 2026-11-30/);
});

test('a bracket says nothing', async (t) => {
  assert.equal(await hovered(t, requestLine('a'), '{"model"'), null);
});
