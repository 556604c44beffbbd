import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { parseRowFault } from '../../../sandbox/row-faults';
import { startSandbox } from '../../../sandbox/server';
import { seriousViolations } from '../support/axe';
import { readStage, type Stage, withSettings } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

/** 3 % of errors of four kinds, two of them the fault of a line; 2 % have expired, and 1 % of the answers are cut off. */
const EMPTY_TEXT = 'messages.0.content: text content blocks must contain non-whitespace text';
const NO_MODEL = 'model: claude-haiku-4-5';
const ROW_FAULTS = [
  `0.75% invalid_request_error ${EMPTY_TEXT}`,
  `0.75% not_found_error ${NO_MODEL}`,
  '0.75% overloaded_error Overloaded',
  '0.75% api_error Internal server error',
  '2% expired',
  '1% max_tokens',
].map(parseRowFault);

const REQUESTS = 2000;
/** So many lines of one fault are shown. */
const SHOWN_OF_A_KIND = 20;

/** No two lines have their properties at the same place. */
const LINES = Array.from({ length: REQUESTS }, (_, i) => {
  const messages = [{ role: 'user', content: `Question ${'?'.repeat(i % 17)} of ${i}` }];
  const more = i % 3 === 0 ? { system: `Answer in ${i} words.` } : {};
  const params = i % 2 === 0 ? { ...more, messages } : { messages, ...more };
  return JSON.stringify({
    custom_id: `${'row'.repeat(1 + (i % 4))}-${i}`,
    params: { max_tokens: 400, ...params, model: 'claude-haiku-4-5' },
  });
});

interface Row {
  readonly custom_id: string;
  readonly result: {
    readonly type: string;
    readonly error?: { readonly error: { readonly type: string; readonly message: string } };
    readonly message?: { readonly stop_reason: string };
  };
}

const idOf = (line: string): string => JSON.parse(line).custom_id;
const faultOf = ({ result }: Row): string => result.error?.error.type ?? result.message?.stop_reason ?? result.type;
const inFolder = (name: string): string => path.join(readStage().samples, name);
const read = (name: string): string => readFileSync(inFolder(name), 'utf8');

/** The rows of a results file by their ids; its name is that of the newest which matches. */
function rowsOf(pattern: RegExp): ReadonlyMap<string, Row> {
  const [name] = readdirSync(readStage().samples).filter((each) => pattern.test(each));
  assert.ok(name, String(pattern));
  const rows = read(name)
    .trimEnd()
    .split('\n')
    .map((line): Row => JSON.parse(line));
  assert.equal(new Set(rows.map(({ custom_id }) => custom_id)).size, rows.length);
  return new Map(rows.map((row) => [row.custom_id, row]));
}

const firstRows = () => rowsOf(/^failing\.\d{8}T\d{4}Z\.results\.jsonl$/);
const secondRows = () => rowsOf(/^again\..*\.results\.jsonl$/);
const idsWith = (rows: ReadonlyMap<string, Row>, ...faults: readonly string[]): string[] =>
  LINES.map(idOf).filter((id) => faults.includes(faultOf(rows.get(id) as Row)));

/** The value of a property in a line as the Problems panel names its place, 1-based. */
function placeOf(line: string, key: string): string {
  const number = LINES.indexOf(line) + 1;
  return `at line ${number} and character ${line.indexOf(`"${key}":`) + key.length + 4}`;
}

/** All ids of the table, page by page, by keyboard. */
async function idsShown({ page }: Workbench, panel: FrameLocator, count: number): Promise<string[]> {
  await panel.locator('#count', { hasText: `${count} ${count === 1 ? 'row' : 'rows'}` }).waitFor();
  const ids = new Set<string>();
  await panel.locator('#rows').focus();
  await page.keyboard.press('Home');
  while (ids.size < count) {
    await panel.locator('#body .row.waiting').first().waitFor({ state: 'detached' });
    for (const id of await panel.locator('#body .custom_id').allTextContents()) ids.add(id);
    await page.keyboard.press('PageDown');
  }
  return [...ids];
}

/** Turns a list of the filter to the entry that begins so. */
async function choose({ page }: Workbench, panel: FrameLocator, label: string, entry: string): Promise<void> {
  await panel.getByLabel(label).focus();
  await page.keyboard.type(entry);
}

/** Answers a question with the button that has the focus. */
async function agree(workbench: Workbench, question: string): Promise<void> {
  await workbench.dialog(question).waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.dialog(question).waitFor({ state: 'detached' });
}

/** From the first to the last key: nothing here is done with a mouse. */
const steps: Steps = {
  async 'a file is opened, submitted and followed to its end'(workbench) {
    const { page } = workbench;
    await workbench.quickOpen('failing.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await agree(workbench, 'Use the API key from the environment');
    await agree(workbench, `Submit 2,000 requests?`);
    await workbench.notification('failing: ').waitFor();
    await page.keyboard.press('Escape');
  },

  async 'the table shows what became of every request'(workbench, panel) {
    await workbench.run('Message Batches: Open Results Beside');
    await panel.locator('#count', { hasText: '2,000 rows' }).waitFor();
    const rows = firstRows();
    assert.equal(rows.size, REQUESTS);
    for (const fault of ['invalid_request_error', 'not_found_error', 'overloaded_error', 'api_error'])
      assert.ok(idsWith(rows, fault).length > 5, fault);
    await workbench.screenshot('failing-run');
  },

  async 'every failed request is found by the filters'(workbench, panel) {
    const rows = firstRows();
    const failed = idsWith(rows, 'invalid_request_error', 'not_found_error', 'overloaded_error', 'api_error');
    await choose(workbench, panel, 'Filter by status', 'Failed');
    assert.deepEqual(await idsShown(workbench, panel, failed.length), failed);
    for (const fault of ['invalid_request_error', 'not_found_error', 'overloaded_error', 'api_error']) {
      await choose(workbench, panel, 'Filter by error', fault);
      const wanted = idsWith(rows, fault);
      assert.deepEqual(await idsShown(workbench, panel, wanted.length), wanted, fault);
    }
    await choose(workbench, panel, 'Filter by error', 'Any');
    for (const [entry, fault] of [
      ['Expired', 'expired'],
      ['Suspicious', 'max_tokens'],
    ] as const) {
      await choose(workbench, panel, 'Filter by status', entry);
      const wanted = idsWith(rows, fault);
      assert.deepEqual(await idsShown(workbench, panel, wanted.length), wanted, fault);
    }
    await choose(workbench, panel, 'Filter by status', 'Any');
  },

  async 'the answer of a row stands at its request, and the request at its row'(workbench, panel) {
    const { page } = workbench;
    const rows = firstRows();
    await panel.locator('#count', { hasText: '2,000 rows' }).waitFor();
    await panel.locator('#rows').focus();
    await page.keyboard.press('End');
    await panel.getByRole('heading', { name: idOf(LINES.at(-1) ?? '') }).waitFor();
    await page.locator('.active-line-number', { hasText: '2000' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Alt+Shift+PageDown');
    const [first = ''] = LINES.map(idOf).filter((id) => faultOf(rows.get(id) as Row) !== 'end_turn');
    await panel.getByRole('heading', { name: first, exact: true }).waitFor();
  },

  async 'what is the fault of a line is a problem at the property that the API named'(workbench) {
    await workbench.page.keyboard.press('Control+1');
    const rows = firstRows();
    const lineOf = new Map(LINES.map((line) => [idOf(line), line]));
    const expected = [
      ...idsWith(rows, 'invalid_request_error').map(
        (id) => `${EMPTY_TEXT} ${placeOf(lineOf.get(id) ?? '', 'content')}`,
      ),
      ...idsWith(rows, 'not_found_error').map((id) => `${NO_MODEL} ${placeOf(lineOf.get(id) ?? '', 'model')}`),
    ];
    const problems = (await workbench.problems()).filter((said) => said.includes(' at line '));
    for (const said of expected) assert.equal(problems.filter((each) => each.includes(said)).length, 1, said);
    for (const kind of [EMPTY_TEXT, NO_MODEL])
      assert.ok(problems.filter((said) => said.includes(kind)).length <= SHOWN_OF_A_KIND);
    assert.equal(problems.length, expected.length, problems.join('\n'));
    await workbench.screenshot('failing-run-problems');
    await workbench.page.keyboard.press('Control+J');
  },

  async 'the retry file holds the chosen lines byte for byte'(workbench) {
    await workbench.page.keyboard.press('Control+1');
    await workbench.run('Message Batches: Create Retry File');
    await workbench.page.getByPlaceholder('that would fail again unchanged').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('failing.retry-1.batch.jsonl').waitFor();
    const again = new Set(idsWith(firstRows(), 'overloaded_error', 'api_error', 'expired'));
    const chosen = LINES.filter((line) => again.has(idOf(line)));
    assert.equal(read('failing.retry-1.batch.jsonl'), `${chosen.join('\n')}\n`);
  },

  async 'the retry is submitted under another name, and all attempts are one whole result'(workbench) {
    await workbench.run('View: Close Editor');
    renameSync(inFolder('failing.retry-1.batch.jsonl'), inFolder('again.batch.jsonl'));
    await workbench.quickOpen('again.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Submit ').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('again: ').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickOpen('failing.batch.jsonl');
    const mended = idsWith(firstRows(), 'overloaded_error').find(
      (id) => secondRows().get(id)?.result.type === 'succeeded',
    );
    await workbench.goTo(LINES.findIndex((line) => idOf(line) === mended) + 1, 17);
    await workbench.run('Show or Focus Hover');
    await workbench.hover().getByText('Answered').first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.run('Message Batches: Write Merged Results');
    await workbench.notification('failing.merged.results.jsonl holds 2,000 results of 2 attempts').waitFor();
    const [first, second] = [firstRows(), secondRows()];
    const merged = read('failing.merged.results.jsonl').trimEnd().split('\n');
    assert.deepEqual(merged.map(idOf), LINES.map(idOf));
    for (const line of merged) {
      const row: Row = JSON.parse(line);
      const later = second.get(row.custom_id);
      assert.deepEqual(row, later ?? first.get(row.custom_id), row.custom_id);
    }
    assert.ok(second.size > 50 && [...second.values()].some(({ result }) => result.type === 'succeeded'));
  },

  async 'axe finds nothing serious in what is shown'(workbench, panel) {
    assert.deepEqual(await seriousViolations(panel), []);
    await workbench.screenshot('failing-run-end');
  },
};

test('a run of which some requests fail is mended by keyboard alone', async (context) => {
  const stage: Stage = readStage();
  const sandbox = await startSandbox({ token: stage.key, processingMs: 1000, rowFaults: ROW_FAULTS, seed: 'failing' });
  context.after(() => sandbox.close());
  writeFileSync(inFolder('failing.batch.jsonl'), `${LINES.join('\n')}\n`);
  await withSettings(stage, { 'messageBatches.baseUrl': sandbox.url }, () =>
    carryOut(steps, context, stage, 'failing-run-failed'),
  );
});
