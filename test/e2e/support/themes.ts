import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench';

/** Themes by their labels, and what a web view is told of them. */
const THEMES = {
  'Dark+': 'vscode-dark',
  'Dark High Contrast': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  'Light High Contrast': 'vscode-high-contrast-light',
  'Light+': 'vscode-light',
};

/** Looks at a page in a dark theme, in two of high contrast and at last in a light one; each gives a screenshot. */
export async function inThemes(
  workbench: Workbench,
  page: FrameLocator,
  name: string,
  look: (theme: string) => Promise<void> = async () => {},
): Promise<void> {
  for (const [theme, className] of Object.entries(THEMES)) {
    await workbench.useTheme(theme);
    await page.locator(`body.${className}`).waitFor();
    await look(theme);
    await workbench.screenshot(`${name}-${theme.toLowerCase().replace(/\W+$/, '').replaceAll(/\W+/g, '-')}`);
  }
}
