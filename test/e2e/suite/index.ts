import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** VS Code calls this in its extension host: runs every test file beside this one. Results go to the file that E2E_RESULTS names. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 60_000,
    reporter: 'json',
    reporterOptions: { output: process.env.E2E_RESULTS },
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
