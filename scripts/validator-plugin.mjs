import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, version as esbuildVersion } from 'esbuild';
import { walkSchemas } from './schema/walk.mjs';

const root = path.resolve(import.meta.dirname, '..');
const schemaFile = path.join(root, 'schemas', 'batch-request.schema.json');

/**
 * Resolves `compiled-validator` to a function that says yes or no to one line of a batch file, made from the schema when
 * we build: no schema is compiled, and nothing evaluated, at run time.
 */
export const validatorPlugin = {
  name: 'compiled-validator',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^compiled-validator$/ }, () => ({
      path: 'compiled-validator',
      namespace: 'compiled-validator',
    }));
    onLoad({ filter: /.*/, namespace: 'compiled-validator' }, async () => ({
      contents: await cached(),
      loader: 'js',
      watchFiles: [schemaFile],
    }));
  },
};

/** Compiling takes about a second, and every build wants it: the code is kept under the hash of all that makes it. */
async function cached() {
  const schema = readFileSync(schemaFile, 'utf8');
  const makers = [import.meta.filename, path.join(root, 'scripts', 'schema', 'walk.mjs')].map((name) =>
    readFileSync(name, 'utf8'),
  );
  const inputs = [schema, ...makers, readVersion('ajv'), esbuildVersion];
  const hash = createHash('sha256').update(inputs.join('\0')).digest('hex').slice(0, 16);
  const folder = path.join(root, 'node_modules', '.cache', 'compiled-validator');
  const file = path.join(folder, `${hash}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const code = await inlined(compiled(JSON.parse(schema)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, code);
  return code;
}

function compiled(schema) {
  walkSchemas(schema.definitions, (inner) => forAjv(inner, schema.definitions));
  const ajv = new Ajv({
    strict: false,
    discriminator: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: false },
  });
  return standaloneCode(ajv, ajv.compile(schema));
}

/**
 * Drops what only people read, and says the default branch in words that ajv knows: its discriminator demands that the
 * tag is there.
 */
function forAjv(schema, definitions) {
  delete schema.description;
  delete schema.examples;
  const { discriminator, oneOf, 'x-default-branch': byDefault } = schema;
  if (!discriminator) return;
  const tag = discriminator.propertyName;
  const tagged = {
    type: 'object',
    required: [tag],
    discriminator,
    oneOf: oneOf.filter(({ $ref }) => $ref !== byDefault),
  };
  for (const key of Object.keys(schema)) delete schema[key];
  if (!byDefault) return Object.assign(schema, tagged);
  const untagged = definitions[byDefault.slice('#/definitions/'.length)];
  Object.assign(schema, {
    if: { properties: { [tag]: untagged.properties[tag] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits a schema.
    then: { $ref: byDefault },
    else: tagged,
  });
}

/** ajv's small helpers become part of the code, since the bundles carry no node_modules. */
async function inlined(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
  });
  return outputFiles[0].text;
}

function readVersion(name) {
  return JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}
