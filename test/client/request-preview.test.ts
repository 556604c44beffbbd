import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestPreview } from '../../client/src/text/request-preview';
import { requestPreviewHtml } from '../../client/src/views/request-preview-html';
import { context } from '../support/contexts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const image = (data: string) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });

const line = {
  custom_id: 'a',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 200,
    system: 'Be brief.',
    messages: [
      { role: 'user', content: [image(PNG), { type: 'text', text: 'What is <b>this</b>?' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look', input: { at: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'A dot' }] },
    ],
    tools: [{ name: 'look', description: 'Looks.', input_schema: { type: 'object' } }],
  },
};

test('a request is a conversation, with the tokens and the cost of each part', () => {
  const preview = requestPreview(line, context());
  assert.equal(preview?.title, 'a');
  assert.match(
    preview?.facts.join('\n') ?? '',
    /claude-haiku-4-5, at most 200 tokens of answer\nInput .* tokens.*\$.* in/,
  );
  assert.deepEqual(
    preview?.parts.map(({ title, blocks }) => [title, ...blocks.map(({ kind }) => kind)]),
    [
      ['System prompt', 'text'],
      ['1. User', 'image', 'text'],
      ['2. Assistant', 'code'],
      ['3. User', 'note', 'text'],
      ['1 tool', 'text', 'code'],
    ],
  );
  for (const { size } of preview?.parts ?? []) assert.match(size, /^≈ \d+ tokens?, (\$|less than)/);
});

test('without a known price only tokens are said, and what is no request says so', () => {
  const unknown = requestPreview({ ...line, params: { ...line.params, model: 'other' } }, context());
  assert.match(unknown?.facts[1] ?? '', /no price is known/);
  assert.match(unknown?.parts[0]?.size ?? '', /^≈ \d+ tokens$/);
  for (const other of [undefined, 1, [], { params: 1 }]) assert.equal(requestPreview(other, context()), undefined);
  for (const params of [{}, { messages: [1, { role: 1, content: [{ type: 'image' }, {}, 1] }], tools: [{}] }])
    assert.ok(requestPreview({ params }, context()));
});

test('nothing of a request becomes part of the page but as text', () => {
  const hostile = '"><script>x</script><img src=x onerror=x>';
  const params = {
    ...line.params,
    system: hostile,
    messages: [
      {
        role: hostile,
        content: [image(hostile), { type: 'tool_use', name: hostile, input: hostile }, { type: hostile }],
      },
    ],
  };
  const html = requestPreviewHtml(requestPreview({ custom_id: hostile, params }, context()), {
    styles: ['style.css'],
    cspSource: 'csp',
  });
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /default-src 'none'/);
  const shown = requestPreviewHtml(requestPreview(line, context()), { styles: ['style.css'], cspSource: 'csp' });
  assert.ok(shown.includes(`<img src="data:image/png;base64,${PNG}"`));
  assert.ok(shown.includes('What is &lt;b&gt;this&lt;/b&gt;?'));
});
