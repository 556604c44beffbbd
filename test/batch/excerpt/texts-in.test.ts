import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textsIn } from '../../../batch/excerpt/texts-in';
import { at } from '../../support/json-places';

test('the texts of a request are named as people name them', () => {
  const line = {
    custom_id: 'a',
    params: {
      system: 'Be brief.',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look', input: {} }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'Found' }] },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A report' } },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
      tools: [{ name: 'look', description: 'Looks.', input_schema: {} }, { name: 'bash' }],
    },
  };
  const found = textsIn(line);
  assert.deepEqual(
    found.map(({ name, text }) => [name, text]),
    [
      ['System prompt', 'Be brief.'],
      ['Message 1 (user)', 'Hi'],
      ['Message 3 (user), block 1', 'Found'],
      ['Message 3 (user), block 2, document', 'A report'],
      ['Message 3 (user), block 3', 'And?'],
      ['Tool look', 'Looks.'],
    ],
  );
  for (const { path, text } of found) assert.equal(at(line, path), text);
});

test('what is no request has none', () => {
  for (const line of [undefined, null, [], { params: 1 }, { params: { system: 1, messages: {}, tools: [1] } }])
    assert.deepEqual(textsIn(line), []);
});
