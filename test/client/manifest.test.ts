import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const declared = contributes.commands.map(({ command }: { command: string }) => command).sort();

test('every declared command has its function, and every function is declared', () => {
  const commands = readFileSync('client/src/commands.ts', 'utf8');
  const table = /const COMMANDS = \{([^}]*)\}/.exec(commands)?.[1] ?? '';
  const names = table.match(/\w+/g) ?? [];
  assert.deepEqual(names.map((name) => `messageBatches.${name}`).sort(), declared);
});

test('what is refused in Restricted Mode is not offered there', () => {
  const refused = /const NEED_TRUST[^=]*= \[([^\]]*)\]/.exec(readFileSync('client/src/commands.ts', 'utf8'))?.[1] ?? '';
  const names = refused.match(/\w+/g) ?? [];
  const hidden = contributes.commands.filter(({ enablement = '' }) => /\bisWorkspaceTrusted\b/.test(enablement));
  assert.deepEqual(
    names.map((name) => `messageBatches.${name}`).sort(),
    hidden.map(({ command }: { command: string }) => command).sort(),
  );
});

test('menus, keys and welcome texts name declared commands', () => {
  const { menus, keybindings, viewsWelcome } = contributes;
  const said =
    JSON.stringify([menus, keybindings, viewsWelcome]).match(/(?<="command":"|\(command:)messageBatches\.\w+/g) ?? [];
  assert.ok(said.length > 20);
  assert.deepEqual(
    said.filter((command) => !declared.includes(command)),
    [],
  );
});

test('the client calls declared commands', () => {
  const sources = readdirSync('client/src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const text = sources.map((name) => readFileSync(path.join('client/src', name), 'utf8')).join('\n');
  const called = text.match(/(?<=executeCommand\(\s*'|command: '|command = ')messageBatches\.\w+(?=')/g) ?? [];
  assert.ok(called.length > 5);
  assert.deepEqual(
    called.filter((command) => !declared.includes(command)),
    [],
  );
});

test('settings, views and context keys start with our name', () => {
  const settings = Object.keys(contributes.configuration.properties);
  const views = Object.values<{ id: string }[]>(contributes.views).flat();
  for (const name of [...settings, ...declared, ...views.map(({ id }) => id)]) assert.match(name, /^messageBatches\./);
});

test('where batches are sent cannot be set by a workspace', () => {
  const { properties } = contributes.configuration;
  assert.equal(properties['messageBatches.baseUrl'].scope, 'application');
  assert.equal(properties['messageBatches.stateDir'].scope, 'application');
});

test('what every editor loads at its start stays within 10 KB', async () => {
  const { outputFiles } = await build({
    entryPoints: ['client/src/extension.ts'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', './client.js'],
  });
  assert.ok(outputFiles[0] && outputFiles[0].contents.length <= 10_240, `${outputFiles[0]?.contents.length} bytes`);
});
