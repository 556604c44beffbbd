// Writes docs/rules.md and schemas/message-batches.schema.json from the rules.
// `node scripts/generate-rules.mjs --check` writes nothing and exits 1 where they are stale.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from './bundled.mjs';
import { readOr } from './read-or.mjs';
import { rulesPage } from './rules/page.mjs';
import { settingsSchema } from './rules/settings-schema.mjs';

const root = path.resolve(import.meta.dirname, '..');
const core = await bundled(`
  export { rules } from './batch/rules';
  export { API_VERSIONS } from './batch/context';
  export { SEVERITIES } from './batch/finding';
  export { bundledModels } from './batch/cost/models';
  export { analyseLine } from './batch/lint';`);
const modelFields = JSON.parse(readOr(path.join(root, 'schemas', 'models.schema.json'))).definitions.fields;
const files = {
  'docs/rules.md': rulesPage(core),
  'schemas/message-batches.schema.json': `${JSON.stringify(settingsSchema({ ...core, modelFields }), null, 2)}\n`,
};

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const file = path.join(root, name);
  if (!check) writeFileSync(file, text);
  else if (text !== readOr(file, '')) {
    console.error(`${name} is stale: run \`node scripts/generate-rules.mjs\` and commit the result`);
    process.exitCode = 1;
  }
}
