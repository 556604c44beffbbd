import path from 'node:path';
import { chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import type { Stage } from './stage';

const extension = 'message-batches.message-batches';

/** VS Code in a browser, by what a person sees and does. Every function waits for what it names; Playwright's time limit ends it. */
export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

/** Opens the workbench of `stage` in a browser window of its own and waits until it can be used. */
export async function openWorkbench(stage: Stage) {
  const browser = await chromium.connect(stage.browser);
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, permissions });
  const page = await context.newPage();
  // A busy machine takes its time.
  page.setDefaultTimeout(60_000);
  await page.goto(stage.address);
  await ready(page);
  return {
    page,
    ...files(page),
    ...editor(page),
    ...messages(page),
    ...views(page),
    screenshot: (name: string) => page.screenshot({ path: path.join(stage.shots, `${name}.png`) }),
    /** What was copied last. */
    clipboard: (): Promise<string> => page.evaluate('navigator.clipboard.readText()'),
    reload: () => page.reload().then(() => ready(page)),
    /** As a person does it: what is open will be open again. */
    async reloadWindow(): Promise<void> {
      const loaded = page.waitForEvent('load');
      await editor(page).run('Developer: Reload Window');
      await loaded;
      await ready(page);
    },
    close: () => browser.close(),
  };
}

function ready(page: Page): Promise<void> {
  return page.locator('.monaco-workbench .part.statusbar').waitFor();
}

function files(page: Page) {
  const rows = page.locator('.explorer-folders-view .monaco-list-row');
  /** Waits until a file is in front and what is typed goes into its text. */
  const opened = async (name: string): Promise<void> => {
    await page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor();
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  };
  return {
    /** Opens a file from the explorer and waits for its text. */
    async open(name: string): Promise<void> {
      const active = page.locator('.tab.active', { hasText: name }).first();
      // The list moves while files appear in it.
      await until(
        () => rows.filter({ has: page.getByText(name, { exact: true }) }).dblclick(),
        () => active.waitFor(patience),
      );
      await page.locator('.editor-instance .view-lines').first().waitFor();
    },
    /** The same by keyboard alone, through the list of files. */
    async quickOpen(name: string): Promise<void> {
      const palette = page.locator('.quick-input-widget');
      const entry = palette.locator('.monaco-list-row.focused', { has: page.getByText(name, { exact: true }) });
      await until(
        async () => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+P');
          await palette
            .locator('input')
            .first()
            .fill(name, patience)
            .catch(() => {});
        },
        () => entry.waitFor(patience),
      );
      await page.keyboard.press('Enter');
      await opened(name);
    },
    opened,
    /** A file's row in the explorer. */
    file: (name: string): Locator => rows.filter({ has: page.getByText(name, { exact: true }) }),
    /** The label of an editor tab. */
    tab: (name: string): Locator => page.locator('.tab', { hasText: name }),
  };
}

function editor(page: Page) {
  const palette = page.locator('.quick-input-widget');
  const ask = async (text: string) => {
    const input = palette.locator('input').first();
    await until(
      () => page.keyboard.press('F1'),
      () => input.fill(text, patience),
    );
  };
  return {
    /** Runs a command from the palette by its title, of which the category may be missing in the list, and so may an ellipsis. */
    async run(title: string): Promise<void> {
      const name = title.split(': ').pop() ?? title;
      const label = page.locator('.label-name', { hasText: new RegExp(`(^|: )${name}…?$`) });
      const entry = palette.locator('.monaco-list-row', { has: label }).first();
      // The palette lists what may be run at the moment it opens.
      await until(
        async () => {
          await page.keyboard.press('Escape');
          await ask(`>${title}`);
        },
        () => entry.waitFor(patience),
      );
      await focus(page, entry);
      await page.keyboard.press('Enter');
    },
    /** The titles that the palette lists for what is typed. */
    async commands(typed: string): Promise<string[]> {
      await ask(`>${typed}`);
      await palette.locator('.monaco-list-row').first().waitFor();
      const titles = await palette.locator('.monaco-list-row .label-name').allTextContents();
      await page.keyboard.press('Escape');
      return titles.filter((title) => title.startsWith(typed));
    },
    /** Changes the color theme, by its label. */
    async useTheme(label: string): Promise<void> {
      const entry = palette.locator('.monaco-list-row.focused', { hasText: label });
      await until(
        async () => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+K');
          await page.keyboard.press('Control+T');
          await palette
            .locator('input')
            .first()
            .fill(label, patience)
            .catch(() => {});
        },
        () => entry.waitFor(patience),
      );
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'hidden' });
    },
    /** Chooses an entry of the quick pick that is open. */
    async pick(label: string): Promise<void> {
      await palette.locator('.monaco-list-row', { hasText: label }).first().click();
    },
    /** Answers the input box that is open. */
    async type(answer: string): Promise<void> {
      const input = palette.locator('input').first();
      await palette.getByText("Press 'Enter' to confirm").waitFor();
      await input.fill(answer);
      await page.keyboard.press('Enter');
      // Another one may open in its place.
      while ((await palette.isVisible()) && (await input.inputValue()) === answer);
    },
    /** Answers the input box that has this title or prompt. */
    async fill(title: string, answer: string): Promise<void> {
      await palette.getByText(title).first().waitFor();
      await palette.locator('input').first().fill(answer);
      await page.keyboard.press('Enter');
    },
    /** Goes to a symbol: `@` and a name in this file, `#` and a name in the workspace. */
    async goToSymbol(text: string): Promise<void> {
      await ask(text);
      const entry = palette.locator('.monaco-list-row.focused', { hasText: text.slice(1) });
      await entry.waitFor();
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'hidden' });
    },
    /** Puts the cursor at a line and column, both 1-based. */
    async goTo(line: number, column = 1): Promise<void> {
      await ask(`:${line}:${column}`);
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'hidden' });
      await page.locator('.part.statusbar', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    },
    /** Waits until the cursor is there, both 1-based. */
    cursorAt: (line: number, column = 1): Promise<void> =>
      page.locator('.part.statusbar', { hasText: `Ln ${line}, Col ${column}` }).waitFor(),
    /** Presses a key until what it opens is there. */
    press: (key: string, opened: Locator): Promise<void> =>
      until(
        () => page.keyboard.press(key),
        () => opened.waitFor(patience),
      ),
    /** Underlined text; `severity` as VS Code names it. */
    squiggles: (severity: 'error' | 'warning' | 'info'): Locator => page.locator(`.squiggly-${severity}`),
    /** An entry of the completion list. */
    suggestion: (label: string): Locator => page.locator('.suggest-widget .monaco-list-row', { hasText: label }),
    /** A code lens by (part of) its text. */
    lens: (text: string): Locator => page.locator('.codelens-decoration', { hasText: text }),
    /** The hover that is shown. */
    hover: (): Locator => page.locator('.monaco-hover:visible'),
    /** Opens the list of quick fixes at the cursor and applies the one with this title. */
    async fix(title: string): Promise<void> {
      const action = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
      await until(
        () => page.keyboard.press('Control+.'),
        () => action.waitFor(patience),
      );
      // By keyboard, as the oldest VS Code lays a block over the list that catches the pointer.
      await focus(page, action);
      await page.keyboard.press('Enter');
    },
    /** The text of the lines on screen, in no certain order, with plain spaces. */
    async visibleText(): Promise<string> {
      const lines = await page.locator('.editor-instance .view-lines').first().locator('.view-line').allTextContents();
      return lines.join('\n').replaceAll('\u00a0', ' ');
    },
  };
}

/** How long what a person does may take to show. */
const patience = { timeout: 3000 };

/** Does something again until it has shown: a key that arrives while the focus moves is lost, and what it opened closes. */
async function until(act: () => Promise<void>, shown: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries < 20; tries++) {
    await act();
    const isShown = await shown().then(
      () => true,
      () => false,
    );
    if (isShown) return;
  }
  await act();
  await shown();
}

/** Goes down a list to a row of it. */
async function focus(page: Page, row: Locator): Promise<void> {
  const isFocused = async () => (await row.getAttribute('class'))?.includes('focused');
  while (!(await isFocused())) await page.keyboard.press('ArrowDown');
}

function messages(page: Page) {
  const dialog = page.locator('.monaco-dialog-box');
  return {
    /** A modal dialog that holds this text. */
    dialog: (text: string): Locator => dialog.filter({ hasText: text }),
    /** Presses a button of the modal dialog. */
    answer: (label: string): Promise<void> => dialog.getByRole('button', { name: label, exact: true }).click(),
    /** A notification that holds this text. */
    notification: (text: string | RegExp): Locator => page.locator('.notification-list-item', { hasText: text }),
    /** Presses a button of a notification. */
    respond: (text: string, label: string): Promise<void> =>
      page.locator('.notification-list-item', { hasText: text }).locator('.monaco-button', { hasText: label }).click(),
    /** A status-bar item of the extension, by the id it was created with. */
    statusItem: (id: string): Locator => page.locator(`[id="${extension}.${id}"]`),
  };
}

function views(page: Page) {
  return {
    /** Opens the Problems panel and returns the entry that holds this text. */
    async problem(text: string): Promise<Locator> {
      const panel = page.locator('.markers-panel');
      if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
      const entry = panel.locator('.monaco-list-row', { hasText: text }).first();
      await entry.waitFor();
      return entry;
    },
    /** Every entry of the Problems panel, as a screen reader is told it, one after the other. */
    async problems(): Promise<string[]> {
      const list = page.locator('.markers-panel .monaco-list');
      if (!(await list.isVisible())) await page.keyboard.press('Control+Shift+M');
      await list.locator('.monaco-list-row').first().waitFor();
      await list.focus();
      await page.keyboard.press('Home');
      const said: string[] = [];
      for (let index = 0; ; index++) {
        const row = list.locator(`.monaco-list-row.focused[data-index="${index}"]`);
        said.push((await row.getAttribute('aria-label')) ?? '');
        if ((await row.getAttribute('data-last-element')) === 'true') return said;
        await page.keyboard.press('ArrowDown');
      }
    },
    /** The list of what an edit would change, which waits for its Apply. */
    refactorPreview: () => {
      const panel = page.locator('.bulk-edit-panel');
      return {
        row: (text: string): Locator => panel.locator('.monaco-list-row', { hasText: text }).first(),
        async apply(): Promise<void> {
          await panel.getByRole('button', { name: 'Apply', exact: true }).click();
          await panel.waitFor({ state: 'hidden' });
        },
      };
    },
    /** Opens a view container of the activity bar. */
    openContainer: (title: string): Promise<void> =>
      // Not its label, which a badge may cover.
      page.locator('.activitybar .action-item', { has: page.locator(`.action-label[aria-label^="${title}"]`) }).click(),
    /** Points at a row until what that shows is there: a list that is drawn anew meanwhile takes it away. */
    hoverOver: (row: Locator, shown: Locator): Promise<void> =>
      until(
        async () => {
          await page.mouse.move(0, 0);
          await row.hover();
        },
        () => shown.waitFor(patience),
      ),
    /** Chooses an entry of a row's context menu. */
    async menu(row: Locator, label: string): Promise<void> {
      const entry = page.locator('.monaco-menu .action-item:not(.disabled)', { hasText: label }).first();
      // What extensions add to it comes a while after the window.
      await until(
        async () => {
          await page.keyboard.press('Escape');
          await row.click({ button: 'right' });
        },
        () => entry.waitFor(patience),
      );
      // By keyboard, as a menu takes no click in its first moments.
      await until(
        async () => {
          await entry.hover();
          await page.keyboard.press('Enter');
        },
        () => entry.waitFor({ state: 'hidden', ...patience }),
      );
    },
    /** A row of a tree in the side bar. */
    treeRow: (text: string): Locator => page.locator('.sidebar .monaco-list-row', { hasText: text }),
    /** The inside of the web view that is shown; of two, while one takes the place of the other, the new one. */
    webview: (): FrameLocator => page.frameLocator('iframe.webview').last().frameLocator('iframe#active-frame'),
  };
}
