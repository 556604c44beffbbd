import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { builtCli, folderWith, line } from './cli';

const { run } = builtCli();

const string: Schema = { type: 'string' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (required: string[], properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const level: Schema = { enum: ['none', 'note', 'warning', 'error'] };
const place: Schema = { type: 'integer', minimum: 1 };
const bag: Schema = { type: 'object', properties: { tags: { ...list(string), uniqueItems: true } } };
const words = object(['text'], { text: string, markdown: string });
const artifact = object(['uri'], { uri: { type: 'string', format: 'uri-reference' } });
const region = object(['startLine'], { startLine: place, startColumn: place, endLine: place, endColumn: place });
const location = object([], { physicalLocation: object(['artifactLocation'], { artifactLocation: artifact, region }) });

/** The parts of SARIF 2.1.0 that are written, and no others: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.13 to 3.58. */
const LOG = object(['version', 'runs'], {
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: list(
    object(['tool', 'results'], {
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      tool: object(['driver'], {
        driver: object(['name'], {
          name: string,
          version: string,
          rules: {
            ...list(object(['id'], { id: string, shortDescription: words, help: words })),
            uniqueItems: true,
          },
        }),
      }),
      invocations: list(
        object(['executionSuccessful'], {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: list(object(['message'], { level, message: words, locations: list(location) })),
        }),
      ),
      results: list(
        object(['message'], { ruleId: string, level, message: words, locations: list(location), properties: bag }),
      ),
    }),
  ),
});

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly locations: readonly {
      readonly physicalLocation: { readonly region: Readonly<Record<'startLine' | 'endLine', number>> };
    }[];
  }[];
}

test('sarif is what code scanning takes, of any names of files, also of one that is not there', async (t) => {
  const twice = line('same');
  const cwd = folderWith(t, {
    'bad é.jsonl': `${line('a', { max_tokens: 9_999_999 })}\n{"custom_id": "b", "params": {\n${twice}\n${twice}\n`,
    'good.jsonl': `${line('a')}\n`,
    'mild.jsonl': `${line('a', { model: 'claude-haiku-4-5', metadata: { user_id: 'x' }, temperature: 1 })}\n`,
  });
  const files = ['bad é.jsonl', path.join(cwd, 'good.jsonl'), 'mild.jsonl', 'none.jsonl'];
  const { stdout, code } = await run(['check', '--format', 'sarif', ...files], { cwd });
  assert.equal(code, 2, 'one of them cannot be read');
  const log = JSON.parse(stdout);
  const { valid, errors } = new Validator(LOG, '7', false).validate(log);
  assert.ok(valid, JSON.stringify(errors, null, 1));
  const [only] = log.runs as readonly SarifRun[];
  const ids = new Set(only?.tool.driver.rules.map(({ id }) => id));
  assert.ok(only && only.results.length >= 3);
  for (const { ruleId, locations } of only.results) {
    assert.ok(ids.has(ruleId), `${ruleId} is described`);
    for (const { physicalLocation } of locations)
      assert.ok(physicalLocation.region.endLine >= physicalLocation.region.startLine);
  }
});

test('the schema of that test refuses what is none', () => {
  const validator = new Validator(LOG, '7', false);
  const driver = { name: 'message-batches' };
  assert.ok(validator.validate({ version: '2.1.0', runs: [{ tool: { driver }, results: [] }] }).valid);
  for (const wrong of [
    { version: '2.0.0', runs: [] },
    { version: '2.1.0', runs: [{ tool: { driver } }] },
  ])
    assert.ok(!validator.validate(wrong).valid);
});
