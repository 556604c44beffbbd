import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';

const read = (name: string) => JSON.parse(readFileSync(`schemas/${name}`, 'utf8'));

test('every model has all that its schema asks for, its sources included', () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(read('models.schema.json'));
  validate(read('models.json'));
  assert.deepEqual(validate.errors ?? [], []);
});
