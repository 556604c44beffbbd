// Writes schemas/batch-request.schema.json and schemas/batch-result.schema.json from the SDK's types and
// schemas/overlay.json. `node scripts/generate-schemas.mjs --check` writes nothing and exits 1 where they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { readOr } from './read-or.mjs';
import { applyOverlay } from './schema/overlay.mjs';
import { discriminateUnions } from './schema/unions.mjs';
import { walkSchemas } from './schema/walk.mjs';

const root = path.resolve(import.meta.dirname, '..');
const sdk = path.join(root, 'node_modules', '@anthropic-ai', 'sdk');

// The beta types hold everything that the others hold. Requests are closed, since the API refuses an unknown field;
// results are open, since it may add one any day.
const SCHEMAS = [
  {
    file: 'schemas/batch-request.schema.json',
    title: 'One line of a batch file: a request of the Message Batches API',
    types: 'resources/beta/messages/batches.d.ts',
    type: 'BatchCreateParams.Request',
    overlay: 'request',
    additionalProperties: false,
  },
  {
    file: 'schemas/batch-result.schema.json',
    title: 'One line of a results file: a result of the Message Batches API',
    types: 'resources/messages/batches.d.ts',
    type: 'MessageBatchIndividualResponse',
    overlay: 'result',
    additionalProperties: true,
  },
];

const overlay = JSON.parse(readFileSync(path.join(root, 'schemas', 'overlay.json'), 'utf8'));
const { version } = JSON.parse(readFileSync(path.join(sdk, 'package.json'), 'utf8'));
if (overlay.sdk.version !== version) {
  throw new Error(
    `schemas/overlay.json is for SDK ${overlay.sdk.version}, installed is ${version}: set its version and release date`,
  );
}

const check = process.argv.includes('--check');
for (const wanted of SCHEMAS) {
  const file = path.join(root, wanted.file);
  const text = `${JSON.stringify(generate(wanted), null, 2)}\n`;
  if (!check) writeFileSync(file, text);
  else if (text !== readOr(file, '')) {
    console.error(`${wanted.file} is stale: run \`node scripts/generate-schemas.mjs\` and commit the result`);
    process.exitCode = 1;
  }
}

function generate({ title, types, type, overlay: part, additionalProperties }) {
  const generator = createGenerator({
    path: path.join(sdk, types),
    type,
    tsconfig: path.join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    encodeRefs: false,
    additionalProperties,
  });
  const { $ref, definitions } = generator.createSchema(type);
  walkSchemas(definitions, tidy);
  applyOverlay(definitions, overlay[part]);
  discriminateUnions(definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: `Generated from @anthropic-ai/sdk ${version} of ${overlay.sdk.date} and overlay.json. Do not edit.`,
    title,
    'x-date': overlay.sdk.date,
    $ref,
    definitions: reachable($ref, definitions),
  };
}

/** TypeScript has one kind of number and the API's are integers (the overlay says which are not); its `deprecated` is a text. */
function tidy(schema) {
  if (Array.isArray(schema.type)) schema.type = schema.type.map(integer);
  else if (schema.type) schema.type = integer(schema.type);
  if (schema.description) schema.description = schema.description.replace(/^(?:Body|Header) param: /, '');
  if (typeof schema.deprecated === 'string') {
    schema.description = [schema.description, schema.deprecated].filter(Boolean).join('\n\n');
    schema.deprecated = true;
  }
}

function integer(type) {
  return type === 'number' ? 'integer' : type;
}

/** The definitions that `ref` leads to, by name: the overlay and the unions leave some behind. */
function reachable(ref, definitions) {
  const names = new Set([nameOf(ref)]);
  for (const name of names) {
    for (const [, found] of JSON.stringify(definitions[name]).matchAll(/"\$ref":"([^"]+)"/g)) names.add(nameOf(found));
  }
  return Object.fromEntries([...names].sort().map((name) => [name, definitions[name]]));
}

function nameOf(ref) {
  return ref.slice('#/definitions/'.length);
}
