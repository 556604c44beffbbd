import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';

const read = (name: string) => JSON.parse(readFileSync(`schemas/${name}`, 'utf8'));

test('every coefficient of the token estimate is what its schema asks for, and has a source', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { date: true } }).compile(
    read('tokens.schema.json'),
  );
  const tokens = read('tokens.json');
  validate(tokens);
  assert.deepEqual(validate.errors ?? [], []);
  const said = tokens.sources.map(({ what }: { readonly what: string }) => what).join('; ');
  const parts = Object.keys(tokens).filter((key) => !['$schema', 'date', 'note', 'sources'].includes(key));
  assert.deepEqual(
    parts.filter((part) => !said.includes(part) && typeof tokens[part].note !== 'string'),
    [],
  );
});

test('every model has all that its schema asks for, its sources included', () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(read('models.schema.json'));
  validate(read('models.json'));
  assert.deepEqual(validate.errors ?? [], []);
});
