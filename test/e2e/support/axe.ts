import axe from 'axe-core';
import type { FrameLocator } from 'playwright-core';

/** What axe finds serious or critical on the page inside a web view, one line each. */
export async function seriousViolations(page: FrameLocator): Promise<string[]> {
  const handle = await page.locator('html').elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('There is no page to look at.');
  // As the debugger's own script: the page's content security policy lets no other in.
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
