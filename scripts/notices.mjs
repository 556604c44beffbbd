// The licenses of what the bundles contain.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The compiled validator inlines ajv's helpers before the bundler sees them. */
const inlined = { 'compiled-validator:compiled-validator': ['ajv', 'fast-deep-equal'] };

/** The text of THIRD-PARTY-NOTICES for `inputs`, the paths of a metafile. Throws for a package without a license. */
export function notices(inputs) {
  const packages = new Set(inputs.flatMap((input) => inlined[input] ?? packageOf(input)));
  const sections = [...packages].sort().map(section);
  return `This software contains the following packages.\n\n${sections.join('\n')}`;
}

/** `node_modules/a/node_modules/@b/c/d.js` belongs to the package at `a/node_modules/@b/c`. */
function packageOf(input) {
  const [, folder] = /^(?:.*\/)?node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return folder ? [folder] : [];
}

function section(name) {
  const folder = path.join('node_modules', name);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { name: title, version, license } = manifest;
  if (!license) throw new Error(`${folder} is bundled and names no license.`);
  return `${'-'.repeat(80)}\n${title} ${version} (${license})\n\n${licenseText(folder) ?? author(manifest)}\n`;
}

function licenseText(folder) {
  const name = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.\w+)?$/i.test(entry));
  return name && readFileSync(path.join(folder, name), 'utf8').trim();
}

/** What there is to say of a package without a license file. */
function author({ author, homepage, repository }) {
  return `By ${author?.name ?? author ?? homepage ?? repository?.url ?? repository}.`;
}
