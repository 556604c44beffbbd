import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../../batch/finding';
import type { Json } from '../../../batch/json';
import { fieldAt } from '../../../batch/schema/field-at';
import requestSchema from '../../../schemas/batch-request.schema.json';
import fieldDocs from '../../../schemas/field-docs.json';

const line: Json = {
  custom_id: 'a',
  params: {
    model: 'claude-haiku-5-5',
    messages: [{ role: 'user', content: [{ type: 'text' }, {}, { type: 'te' }] }, { content: 'Hi' }],
    tools: [{}, { type: 'web_search_20250305' }, { type: 'custom', name: 'f' }],
    thinking: {},
    cache_control: {},
  },
};

const names = (...path: Path): string[] => fieldAt(path, line)?.properties.map(({ name }) => name) ?? [];
const values = (...path: Path): unknown[] => fieldAt(path, line)?.values.map(({ value }) => value) ?? [];
const required = (...path: Path): string[] =>
  fieldAt(path, line)?.properties.flatMap((property) => (property.required ? property.name : [])) ?? [];

test('the line, its params, and nothing beside them', () => {
  assert.deepEqual(names(), ['custom_id', 'params']);
  assert.deepEqual(required('params').sort(), ['max_tokens', 'messages', 'model']);
  assert.equal(fieldAt(['nothing'], line), undefined);
  assert.equal(fieldAt(['params', 'toString'], line), undefined);
  assert.equal(fieldAt(['params', 'max_tokens', 'deeper'], line), undefined);
});

test('a field says its type, its documentation and whether it must be there', () => {
  const field = fieldAt(['params', 'max_tokens'], line);
  assert.equal(field?.type, 'integer');
  assert.equal(field?.required, true);
  assert.match(field?.description ?? '', /maximum number of tokens to generate/);
  assert.equal(fieldAt(['params', 'system'], line)?.type, 'string | array of objects');
  assert.equal(fieldAt(['params', 'stop_sequences', 0], line)?.name, 'an item of stop_sequences');
});

test('listed values, and those that are only proposals', () => {
  assert.deepEqual(values('params', 'cache_control', 'ttl'), ['5m', '1h']);
  assert.deepEqual(values('params', 'output_config', 'effort'), ['low', 'medium', 'high', 'xhigh', 'max']);
  assert.deepEqual(values('params', 'stream'), [true, false]);
  assert.equal(fieldAt(['params', 'service_tier'], line)?.open, false);
  assert.equal(fieldAt(['params', 'model'], line)?.open, true);
});

test('a tag lists every kind with what it is, whatever is written now', () => {
  for (const index of [0, 1, 2]) {
    const field = fieldAt(['params', 'messages', 0, 'content', index, 'type'], line);
    assert.deepEqual(field?.values.slice(0, 2), [
      { value: 'text', description: 'Text.' },
      { value: 'image', description: 'An image: JPEG, PNG, GIF or WebP.' },
    ]);
  }
  assert.deepEqual(values('params', 'messages', 0, 'role'), ['user', 'assistant', 'system']);
  assert.deepEqual(values('params', 'thinking', 'type'), ['enabled', 'disabled', 'between_tools', 'adaptive']);
});

test('an object has the properties of its kind; of all kinds while that is undecided', () => {
  assert.deepEqual(names('params', 'messages', 0, 'content', 0), ['text', 'type', 'cache_control', 'citations']);
  assert.ok(names('params', 'messages', 0, 'content', 1).includes('tool_use_id'));
  assert.ok(names('params', 'tools', 1).includes('user_location'));
  assert.ok(!names('params', 'tools', 2).includes('user_location'));
  assert.deepEqual(required('params', 'thinking'), ['type']);
  assert.deepEqual(required('params', 'messages', 1), ['role']);
});

test('what a property’s value begins with', () => {
  const snippet = (path: Path, name: string): string | undefined =>
    fieldAt(path, line)?.properties.find((property) => property.name === name)?.snippet;
  assert.equal(snippet(['params'], 'model'), '"$1"');
  assert.match(snippet(['params'], 'max_tokens') ?? '', /^\$\{1:1024\}$/);
  assert.equal(snippet(['params'], 'messages'), '[$1]');
  assert.equal(snippet(['params'], 'thinking'), '{$1}');
  assert.equal(snippet(['params'], 'stream'), `\${1|true,false|}`);
  assert.equal(snippet(['params', 'cache_control'], 'type'), '"ephemeral"');
  assert.equal(snippet(['params', 'tools', 1], 'name'), '"web_search"');
});

test('every field of every kind of object is documented', () => {
  const { definitions } = requestSchema as {
    definitions: Record<string, { properties?: Record<string, FieldSchema> }>;
  };
  const refersTo = ({ $ref = '' }: FieldSchema) => definitions[$ref.replace('#/definitions/', '')] as FieldSchema;
  const bare = Object.entries(definitions).flatMap(([kind, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([name, field]) => !(field.description ?? refersTo(field)?.description ?? fieldDocs.fields[name as 'id']))
      .map(([name]) => `${kind}.${name}`),
  );
  assert.deepEqual(bare, []);
});

interface FieldSchema {
  readonly $ref?: string;
  readonly description?: string;
}
