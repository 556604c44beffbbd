import { readFileSync, writeFileSync } from 'node:fs';

/** What the runner has set up for the tests in ui/. */
export interface Stage {
  /** The address of the workbench, its token and folder included. */
  readonly address: string;
  /** Where the browser listens for Playwright. */
  readonly browser: string;
  /** The user's settings file: a window that is opened goes by it. */
  readonly settings: string;
  /** The API key that the extension finds in its environment. */
  readonly key: string;
  /** The copy of samples/ that is open in the workbench. */
  readonly samples: string;
  /** The state folder of the workbench. */
  readonly state: string;
  /** What stands for the API, and the key that it takes. */
  readonly api: { readonly url: string; readonly token: string };
  /** The folder that screenshots go to. */
  readonly shots: string;
}

/** Reads the stage from the environment. Throws where the tests were started without their runner. */
export function readStage(): Stage {
  const { E2E_STAGE } = process.env;
  if (!E2E_STAGE) throw new Error('These tests need their stage: run `npm run test:editor`.');
  return JSON.parse(E2E_STAGE);
}

/** Opens windows with other user settings while `work` goes on. */
export async function withSettings(
  { settings }: Stage,
  changes: Readonly<Record<string, unknown>>,
  work: () => Promise<void>,
): Promise<void> {
  const before = readFileSync(settings, 'utf8');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(before), ...changes }, null, 2));
  try {
    await work();
  } finally {
    writeFileSync(settings, before);
  }
}
