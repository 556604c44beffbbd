import assert from 'node:assert/strict';
import { test } from 'node:test';
import Ajv from 'ajv';
import { isUnion, listedValues, type Schema, tagsOf, typesOf } from '../../../batch/schema/schema';
import requestSchema from '../../../schemas/batch-request.schema.json';
import resultSchema from '../../../schemas/batch-result.schema.json';
import overlay from '../../../schemas/overlay.json';

test('both files are JSON Schemas that other tools can use', () => {
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validateSchema(requestSchema), ajv.errorsText());
  assert.ok(ajv.validateSchema(resultSchema), ajv.errorsText());
  const validate = ajv.compile(resultSchema);
  assert.ok(validate({ custom_id: 'a', result: { type: 'expired' } }));
  assert.ok(!validate({ custom_id: 'a', result: { type: 'lost' } }));
});

test('one look decides every choice: the JSON type, or the tag', () => {
  for (const schema of everySchema(requestSchema.definitions as Record<string, Schema>)) {
    const types = (schema.anyOf ?? []).flatMap((branch): readonly string[] => typesOf(branch) ?? ['any']);
    assert.equal(new Set(types).size, types.length, JSON.stringify(schema));
    const tags = isUnion(schema) ? tagsOf(schema) : [];
    assert.equal(new Set(tags).size, tags.length, JSON.stringify(schema));
    if (schema.type === 'string') assert.ok(listedValues(schema).every((value) => typeof value === 'string'));
  }
});

test('every change of the SDK’s types says why, by what source and when', () => {
  for (const { at, reason, source, date } of overlay.request) {
    assert.ok(reason && source, at);
    assert.match(date, /^\d{4}-\d\d-\d\d$/, at);
  }
});

function everySchema(definitions: Readonly<Record<string, Schema>>): Schema[] {
  const within = (schema: Schema): Schema[] => {
    const { properties = {}, items, additionalProperties: others, anyOf = [], oneOf = [] } = schema;
    const open = typeof others === 'object' ? [others] : [];
    return [
      schema,
      ...[...Object.values(properties), ...(items ? [items] : []), ...open, ...anyOf, ...oneOf].flatMap(within),
    ];
  };
  return Object.values(definitions).flatMap(within);
}
