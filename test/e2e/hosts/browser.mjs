// The browser that the editor level drives.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { folder } from './hosts.mjs';
import { untar } from './untar.mjs';

const cache = path.join(folder, '.cache');

/** Where people have a browser of the Chromium family installed. */
const installed = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  ),
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'].map((name) => `/usr/bin/${name}`),
};

/**
 * Playwright's launch options for a browser: the one that CHROME_PATH names; on Linux x64 the one that comes inside a
 * registry package, with the few libraries and fonts it needs; elsewhere an installed one, else Playwright's download.
 */
export async function browserOptions() {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic'];
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  if (named) return { executablePath: named, args };
  if (process.platform === 'linux' && process.arch === 'x64') return { ...packaged(), args };
  const executablePath = installed[process.platform]?.find((file) => existsSync(file)) ?? (await downloaded());
  return { executablePath, args };
}

function packaged() {
  const home = unpacked();
  const libraries = [path.join(home, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter);
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  return { executablePath: path.join(home, 'chromium'), env };
}

/** Unpacks the package's archives once per version; a folder that is there is whole. */
function unpacked() {
  const source = path.join(folder, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  const home = path.join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  const part = `${home}.${process.pid}.part`;
  const read = (name) => brotliDecompressSync(readFileSync(path.join(source, 'bin', `${name}.br`)));
  mkdirSync(part, { recursive: true });
  writeFileSync(path.join(part, 'chromium'), read('chromium'), { mode: 0o755 });
  for (const name of ['al2023.tar', 'fonts.tar']) untar(read(name), part);
  writeFileSync(path.join(part, 'fonts.conf'), fontsConfig(home));
  renameSync(part, home);
  return home;
}

/** The same fonts on every machine, so that screenshots agree, and some where a machine has none. */
function fontsConfig(home) {
  const use = (test, font) =>
    `<match>${test}<edit name="family" mode="append_last"><string>${font}</string></edit></match>`;
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${path.join(home, 'fonts')}</dir>
  <dir>${path.join(folder, 'node_modules', 'dejavu-fonts-ttf', 'ttf')}</dir>
  <cachedir>${path.join(cache, 'fonts')}</cachedir>
  ${use('<test name="family"><string>monospace</string></test>', 'DejaVu Sans Mono')}
  ${use('', 'Open Sans')}
</fontconfig>
`;
}

async function downloaded() {
  process.env.PLAYWRIGHT_BROWSERS_PATH = path.join(cache, 'browsers');
  const cli = path.join(folder, 'node_modules', 'playwright-core', 'cli.js');
  const { status } = spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { stdio: 'inherit' });
  if (status !== 0)
    throw new Error('No browser found, and none could be downloaded: install Chrome, or name one in CHROME_PATH.');
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}
