import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { rules } from '../batch/rules';
import { type Import, nodes, type SourceFile, sourceFiles } from './support/source-files';

/** What the files of a folder may import, beside the folder itself: beginnings of paths, names of packages. */
interface Allowed {
  readonly anything: readonly string[];
  readonly types?: readonly string[];
}

const sdk = '@anthropic-ai/sdk';
const below = ['batch/', 'files/', 'node:'];

/** Who may import whom. The longest path that holds a file speaks for it. */
const table: Readonly<Record<string, Allowed>> = {
  batch: {
    anything: ['schemas/', 'jsonc-parser', 'fastest-levenshtein', 'fflate', 'compiled-validator'],
    types: [sdk],
  },
  files: { anything: ['batch/', 'node:', 'csv-parse', 'jsonc-parser', 'picomatch'] },
  runs: { anything: below, types: [sdk] },
  'runs/batches-api.ts': { anything: [...below, 'runs/', sdk] },
  'runs/environment-proxy.ts': { anything: ['node:', 'http-proxy-agent', 'https-proxy-agent', 'proxy-from-env'] },
  'runs/api-error.ts': { anything: [...below, 'runs/', sdk] },
  results: {
    anything: [
      ...below,
      '@cfworker/json-schema',
      'csv-parse',
      'runs/concern',
      'runs/custom-id',
      'runs/new-file',
      'runs/result',
      'runs/results-files',
      'runs/results-index',
      'runs/submitted',
      'runs/usage-cost',
    ],
  },
  server: {
    anything: [
      'batch/',
      'files/',
      'results/',
      'runs/custom-id',
      'runs/results-index',
      'runs/results-files',
      'runs/submitted',
      'vscode-languageserver',
      'vscode-languageserver-protocol',
      'jsonc-parser',
      'node:fs',
      'node:path',
      'node:url',
    ],
  },
  client: {
    anything: [...below, 'runs/', 'results/', 'server/src/protocol', 'vscode', 'vscode-languageclient', 'jsonc-parser'],
  },
  'client/src/webview': { anything: [], types: ['client/', 'results/', 'runs/'] },
  cli: { anything: [...below, 'runs/', 'results/', 'server/src/main', 'sandbox/', 'package.json'] },
  sandbox: { anything: ['batch/', 'node:'] },
};

/** What a rule must not know: it sees one request, or the list of line facts, and a context. */
const hiddenFromRules = ['batch/lines', 'batch/batch-file', 'batch/cost/models', 'schemas/models.json'];

const folders = Object.keys(table).filter((name) => !name.includes('/'));
const sources = folders.flatMap(sourceFiles);

test('every import is in the table', () => {
  assert.deepEqual(
    sources.flatMap(({ name, imports }) =>
      imports.filter((each) => !mayImport(name, each)).map(({ target }) => `${name} imports ${target}`),
    ),
    [],
  );
});

test('a rule knows no other rule, no lines and no table of models', () => {
  const ruleFiles = rules.map(({ id }) => `batch/rules/${id}`);
  const hidden = new Set([...ruleFiles, ...hiddenFromRules]);
  const found = sources
    .filter(({ name }) => ruleFiles.includes(withoutExtension(name)))
    .flatMap(({ name, imports }) =>
      imports
        .filter(({ target, typeOnly }) => hidden.has(target) && !typeOnly)
        .map(({ target }) => `${name} imports ${target}`),
    );
  assert.deepEqual(found, []);
});

test('every file that declares a rule is named as the rule, and is in the list', () => {
  const declared = sources.filter(({ name, tree }) => name.startsWith('batch/rules/') && declaresRule(tree));
  assert.deepEqual(
    declared.map(({ name }) => withoutExtension(name).slice('batch/rules/'.length)).sort(),
    rules.map(({ id }) => id).sort(),
  );
});

test('the core has no clock and no randomness', () => {
  const banned = /^(?:new Date\(\)|Date\(\)|Date\.now|Math\.random|performance|crypto)$/;
  const core = sources.filter(({ name }) => name.startsWith('batch/'));
  assert.deepEqual(
    placesOf(core, (node) => banned.test(node.getText())),
    [],
  );
});

test('a notification is given where names in it are made plain; only questions are asked elsewhere', () => {
  const isPlain = (node: ts.Node) =>
    ts.isCallExpression(node) &&
    /^vscode\.window\.show(?:Information|Warning|Error)Message$/.test(node.expression.getText()) &&
    !node.arguments[1]?.getText().includes('modal: true');
  const found = placesOf(sources, isPlain).filter((place) => !place.startsWith('client/src/notice.ts:'));
  assert.deepEqual(found, []);
});

test('no module has state of its own', () => {
  const isLet = (node: ts.Node) =>
    ts.isVariableStatement(node) && ts.isSourceFile(node.parent) && !(node.declarationList.flags & ts.NodeFlags.Const);
  assert.deepEqual(placesOf(sources, isLet), []);
});

test('nothing is of type any', () => {
  assert.deepEqual(
    placesOf(sources, ({ kind }) => kind === ts.SyntaxKind.AnyKeyword),
    [],
  );
});

test('no file is longer than 300 lines, and every name is in kebab-case', () => {
  const lines = ({ tree }: SourceFile) => tree.getLineStarts().length;
  assert.deepEqual(
    sources.filter((file) => lines(file) > 301).map(({ name }) => name),
    [],
  );
  assert.deepEqual(
    sources.filter(({ name }) => !/^[a-z0-9/-]+(?:\.d)?\.ts$/.test(name)).map(({ name }) => name),
    [],
  );
});

function mayImport(name: string, { target, typeOnly }: Import): boolean {
  const [folder, { anything, types = [] }] = rowFor(name);
  const allowed = [folder, ...anything, ...(typeOnly ? types : [])];
  return allowed.some((begin) => target === begin || target.startsWith(/[/:]$/.test(begin) ? begin : `${begin}/`));
}

function rowFor(name: string): [string, Allowed] {
  const rows = Object.entries(table).filter(([place]) => name === place || name.startsWith(`${place}/`));
  const [row] = rows.sort(([a], [b]) => b.length - a.length);
  assert.ok(row, `${name} lies in no folder of the table`);
  return row;
}

function declaresRule(tree: ts.SourceFile): boolean {
  const isRule = ({ type }: ts.VariableDeclaration) =>
    /^(?:Text|Line|Size)Rule$|^FileRule<|^RuleInfo$/.test(type?.getText() ?? '');
  return tree.statements.some((each) => ts.isVariableStatement(each) && each.declarationList.declarations.some(isRule));
}

/** `file:line` of every node that is `wanted`. */
function placesOf(files: readonly SourceFile[], wanted: (node: ts.Node) => boolean): string[] {
  return files.flatMap(({ name, tree }) =>
    [...nodes(tree)]
      .filter(wanted)
      .map((node) => `${name}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`),
  );
}

function withoutExtension(name: string): string {
  return name.replace(/\.ts$/, '');
}
