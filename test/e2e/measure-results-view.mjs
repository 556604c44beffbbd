// Measures the results view in a real editor: `node measure-results-view.mjs FOLDER NAME` opens NAME, a batch file of
// FOLDER with 100,000 results beside it, and prints one line of JSON. `npm run bench -- --only view` starts it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { temporaryFolder } from '../../scripts/at-exit.mjs';
import { browserOptions } from './hosts/browser.mjs';
import { folder as here, hosts } from './hosts/hosts.mjs';
import { startServer } from './hosts/vscode-server.mjs';

const rounds = 3;
const [folder, name] = process.argv.slice(2);
const home = temporaryFolder('message-batches-measure');
const server = await startServer(hosts[0], {
  home: path.join(home, 'vscode'),
  vsix: 'dist/message-batches.vsix',
  testDriver: true,
});
const browser = await chromium.launch(await browserOptions());
try {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  page.setDefaultTimeout(240_000);
  const emptyPanel = `vscode-remote://${server.authority}${path.join(here, 'empty-panel')}`;
  const payload = [['extensionDevelopmentPath', emptyPanel]];
  await page.goto(server.address(folder, payload));
  console.log(JSON.stringify(await measure(page)));
} finally {
  await browser.close();
  await server.stop();
}

async function measure(page) {
  const panel = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  await row.dblclick();
  await page.locator('[id="message-batches.message-batches.messageBatches.file"]').getByText('requests').waitFor();
  const empty = [];
  const first = [];
  // The first of each pays for what is loaded once.
  for (let round = 0; round <= rounds; round++) {
    empty.push(await timed(page, 'Open Empty Panel', panel.locator('#here')));
    await closePanel(page);
  }
  const before = forgetPeak();
  for (let round = 0; round <= rounds; round++) {
    if (round > 0) await closePanel(page);
    first.push(await timed(page, 'Open Results Beside', panel.locator('#body .row:not(.waiting)').first()));
  }
  await panel.locator('#count', { hasText: '100,000 rows' }).waitFor();
  await panel.locator('#progress').waitFor({ state: 'hidden' });
  const longest = await longestWhileScrolling(panel);
  await panel.getByRole('searchbox').fill('answer 99999');
  await panel.locator('#count', { hasText: /^1 row$/ }).waitFor();
  return { empty: empty.slice(1), first: first.slice(1), longest, megabytes: (peak() - before) / 1e6 };
}

/** Milliseconds from the command to what it shows. */
async function timed(page, command, shown) {
  const palette = page.locator('.quick-input-widget');
  await page.keyboard.press('F1');
  await palette.locator('input').first().fill(`>${command}`);
  await palette.locator('.monaco-list-row.focused', { hasText: command }).waitFor();
  const start = performance.now();
  await page.keyboard.press('Enter');
  await shown.waitFor();
  return performance.now() - start;
}

async function closePanel(page) {
  await page.locator('.tab', { hasText: /Empty Panel|results\.jsonl/ }).click({ button: 'middle' });
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
}

/** The longest task of the page, in ms, while it is scrolled through: by the wheel's steps, by pages, and by jumps. */
async function longestWhileScrolling(panel) {
  const handle = await panel.locator('#rows').elementHandle();
  return handle.evaluate(async (rows) => {
    const tasks = [0];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ entryTypes: ['longtask'] });
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (const step of [100, rows.clientHeight, rows.scrollHeight / 60]) {
      rows.scrollTop = 0;
      for (let i = 0; i < 120; i++) {
        rows.scrollTop = (rows.scrollTop + step) % (rows.scrollHeight - rows.clientHeight);
        await frame();
      }
    }
    await frame();
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    return Math.max(...tasks);
  });
}

/** The extension host of our server: of several on this machine the one with our home in its environment. */
function extensionHost() {
  const found = readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const read = (what) => readFileSync(`/proc/${pid}/${what}`, 'utf8');
      return read('cmdline').includes('type=extensionHost') && read('environ').includes(home);
    } catch {
      return false;
    }
  });
  if (found.length !== 1) throw new Error(`There are ${found.length} extension hosts.`);
  return found[0];
}

function bytesOf(what) {
  const status = readFileSync(`/proc/${extensionHost()}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)[1]) * 1024;
}

/** Its memory as it is, from where its peak is counted anew. */
function forgetPeak() {
  writeFileSync(`/proc/${extensionHost()}/clear_refs`, '5');
  return bytesOf('VmRSS');
}

function peak() {
  return bytesOf('VmHWM');
}
