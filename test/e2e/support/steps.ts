import type { TestContext } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import type { Stage } from './stage';
import { openWorkbench, type Workbench } from './workbench';

/** What a person does one after the other, by name: each step stands on the one before. It is given the webview that is shown, too. */
export type Steps = Readonly<Record<string, (workbench: Workbench, webview: FrameLocator) => Promise<void>>>;

/** Carries the steps out in a window of their own. Where one fails, a screenshot of that name shows what it saw. */
export async function carryOut(steps: Steps, context: TestContext, stage: Stage, failed: string): Promise<void> {
  const workbench = await openWorkbench(stage);
  try {
    for (const [name, step] of Object.entries(steps)) {
      context.diagnostic(name);
      await step(workbench, workbench.webview());
    }
  } catch (error) {
    await workbench.screenshot(failed);
    throw error;
  } finally {
    await workbench.close();
  }
}
