// `npm start` opens a real VS Code with this extension, a copy of samples/ and a sandbox of the API, all on 127.0.0.1;
// `npm start -- --desktop` a desktop VS Code, the installed one or a downloaded one. Needs nothing but Node and npm.
import path from 'node:path';
import { hosts } from '../test/e2e/hosts/hosts.mjs';
import { installHosts } from '../test/e2e/hosts/install.mjs';
import { copySamples } from '../test/e2e/hosts/samples.mjs';
import { startServer } from '../test/e2e/hosts/vscode-server.mjs';
import { temporaryFolder } from './at-exit.mjs';
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';
import { startSandbox } from './sandbox-process.mjs';

const root = path.resolve(import.meta.dirname, '..');
const vsix = path.join(root, 'dist', 'message-batches.vsix');
const windows = process.platform === 'win32';
const desktop = windows || process.argv.includes('--desktop');

process.chdir(root);
if (windows) console.log("VS Code's server does not run on Windows: this opens a desktop VS Code.");
ensureInstalled(root);
if (!desktop) installHosts();
if (!run('scripts/package.mjs')) process.exit(1);

const home = temporaryFolder('message-batches');
const folder = copySamples(home);
const sandbox = await startSandbox();
const setup = {
  home: path.join(home, 'vscode'),
  vsix,
  settings: { 'messageBatches.baseUrl': sandbox.url },
  env: { ANTHROPIC_API_KEY: sandbox.token },
};
const editor = desktop ? await openDesktop() : await openServer();
await Promise.race([sandbox.gone, editor.gone]);
console.error('VS Code or the sandbox has ended.');
process.exit(desktop ? 0 : 1);

async function openServer() {
  const [newest] = hosts;
  const server = await startServer(newest, setup);
  say(`VS Code ${newest.version} is at`, server.address(folder));
  return server;
}

async function openDesktop() {
  const { startDesktop } = await import('../test/e2e/hosts/desktop.mjs');
  const editor = await startDesktop(setup, folder);
  say('A desktop VS Code opens', folder);
  return editor;
}

function say(what, where) {
  console.log(`
${what}

    ${where}

Open tickets.batch.jsonl, then press F1 and run "Message Batches: Submit Batch".
Requests go to a sandbox at ${sandbox.url}: nothing leaves this machine, nothing costs anything. Ctrl-C ends it all.`);
}
