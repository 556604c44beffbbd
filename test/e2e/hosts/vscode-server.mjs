// Runs VS Code's own server on 127.0.0.1, on a free port and behind a random connection token.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup } from '../../../scripts/at-exit.mjs';
import { nodeOf } from './hosts.mjs';
import { cleanEnvironment, quietSettings } from './settings.mjs';

const secondsToStart = 60;

/**
 * Starts `host` with its data in `home`, an empty folder.
 * `vsix` is installed first; `settings` are user settings; `testDriver` lets a page run a suite in the extension host
 * (and makes VS Code swallow its notifications).
 * Returns `authority` (host:port), `address(folder, payload)`, the `log` file, the user's `settings` file and `stop()`.
 */
export async function startServer(host, { home, vsix, settings = {}, env = {}, testDriver = false }) {
  const data = path.join(home, 'server');
  const common = ['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', data];
  common.push('--extensions-dir', path.join(home, 'extensions'));
  const server = { node: nodeOf(host.node), main: path.join(host.vscode, 'out', 'server-main.js'), common };
  const options = { env: cleanEnvironment(home, env) };
  const settingsFile = writeSettings(data, { ...quietSettings, ...settings });
  if (vsix) installExtension(server, vsix, options);

  const token = randomBytes(16).toString('hex');
  const args = [server.main, '--host', '127.0.0.1', '--port', '0', '--connection-token', token];
  if (testDriver) args.push('--enable-smoke-test-driver');
  const log = path.join(home, 'server.log');
  const child = startGroup(server.node, [...args, ...common], {
    ...options,
    stdio: ['ignore', 'pipe', openSync(log, 'a')],
  });
  const port = await portOf(child, log);
  const authority = `127.0.0.1:${port}`;
  return {
    authority,
    log,
    settings: settingsFile,
    stop: child.stop,
    gone: child.gone,
    address: (...query) => address(authority, token, ...query),
  };
}

function address(authority, token, folder, payload) {
  const query = new URLSearchParams({ tkn: token, folder });
  if (payload) query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query}`;
}

/** The packaged server keeps a page's user settings on its own disk. Returns where. */
function writeSettings(data, settings) {
  const folder = path.join(data, 'data', 'User');
  const file = path.join(folder, 'settings.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
  return file;
}

function installExtension({ node, main, common }, vsix, options) {
  const run = spawnSync(node, [main, ...common, '--install-extension', path.resolve(vsix)], {
    ...options,
    encoding: 'utf8',
  });
  if (run.status !== 0 || !run.stdout.includes('successfully installed')) {
    throw new Error(`VS Code did not install ${vsix}:\n${run.stdout}${run.stderr}`);
  }
}

/** The port that the server says it listens on. All it prints goes to the `log` file. */
async function portOf(child, log) {
  child.stdout.on('data', (chunk) => appendFileSync(log, chunk));
  const lines = createInterface({ input: child.stdout, signal: AbortSignal.timeout(secondsToStart * 1000) });
  for await (const line of lines) {
    const [, port] = /Extension host agent listening on (\d+)/.exec(line) ?? [];
    if (!port) continue;
    child.stdout.resume();
    return Number(port);
  }
  await child.stop();
  throw new Error(`VS Code's server did not start:\n${readFileSync(log, 'utf8')}`);
}
