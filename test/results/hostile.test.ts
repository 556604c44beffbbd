import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { createTerminal } from '../../cli/terminal';
import { answerOf } from '../../client/src/text/answer';
import { comparisonMarkdown } from '../../client/src/text/comparison';
import { choicesOf, rowView } from '../../client/src/text/results';
import { reasonLabel } from '../../client/src/text/retry';
import { summaryMarkdown } from '../../client/src/text/summary';
import { compareAnswers } from '../../results/compare';
import { exportCsv, exportJsonl, rowMarkdown } from '../../results/export';
import { facetsOf } from '../../results/facets';
import { openTable } from '../../results/open-table';
import { retryReasons } from '../../results/retry';
import { summaryOf } from '../../results/summary';
import { temporaryFolder } from '../support/folders';
import { answered, failed, line } from './rows';

/** Terminal escapes, bidirectional overrides, and what would load, link or run as Markdown or HTML. */
const EVIL =
  '\u001b[2J\u009b31m\u202eevil\u2066 ![x](https://example.invalid/x.png) [c](command:x) `|` <img src=//x> \rDone';
const IDS = ['../../x', '__proto__', 'constructor', EVIL, `${'x'.repeat(70)}\n# no`];
/** More than a stack can follow. */
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const HIDDEN = /(?![\t\n]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

async function table(t: TestContext) {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'a.20261120T2104Z.results.jsonl');
  const rows = [
    ...IDS.map((id) => answered(id, EVIL)),
    failed('wrong', EVIL, EVIL),
    answered('odd', 'x', { stop_reason: EVIL, model: EVIL }),
    answered('long', 'y'.repeat(1_000_000)),
    line('what', { type: EVIL }),
    answered('deep', DEEP),
    answered('deep-call', '').replace(
      '[{"type":"text","text":""}]',
      `[{"type":"tool_use","name":"x","input":${DEEP}}]`,
    ),
  ];
  writeFileSync(file, rows.join(''));
  const opened = await openTable(file, [...IDS, 'toString'], { models: bundledModels });
  t.after(() => opened.close());
  return { opened, folder };
}

const harmless = (text: string): void => assert.doesNotMatch(text, HIDDEN);

test('every row is there by its own id, and its words in the view hold nothing that hides', async (t) => {
  const { opened } = await table(t);
  assert.deepEqual(
    opened.rows.map(({ customId }) => customId),
    [...IDS, 'wrong', 'odd', 'long', 'what', 'deep', 'deep-call', 'toString'],
  );
  for (const id of IDS) assert.ok(opened.indexOf(id) !== undefined, id);
  assert.equal(opened.indexOf('hasOwnProperty'), undefined);
  for (const row of opened.rows) {
    const value = opened.valueOf(row);
    harmless(
      Object.values(rowView(row, value, { line: 0, fields: [EVIL], estimate: null }))
        .flat()
        .join(' '),
    );
    const { blocks, facts, ...said } = answerOf(row, value, { line: 0, sandbox: false, misfit: EVIL, earlier: [row] });
    harmless(Object.values(said).join(' '));
    harmless(facts.map((fact) => fact.value).join(' '));
    harmless(blocks.map(({ title, content }) => `${title} ${content}`).join(' '));
    assert.ok(blocks.every(({ content }) => content.length < 200_000));
  }
  const choices = Object.values(choicesOf(facetsOf(opened.rows))).flat();
  harmless(choices.map(({ label }) => label).join(' '));
  harmless(retryReasons(opened.rows).map(reasonLabel).join(' '));
});

/** Text of a page without its code, in which nothing is Markdown. */
const withoutCode = (markdown: string): string =>
  markdown.replaceAll(/```text\n[\s\S]*?\n```/g, '').replaceAll(/`[^`\n]*`/g, '');

test('pages about it hold what others wrote as code only', async (t) => {
  const { opened } = await table(t);
  const sum = summaryOf(opened.rows);
  const other = await table(t);
  const comparison = await compareAnswers(opened, other.opened, {
    idOf: (id) => id,
    expected: new Map([[EVIL, EVIL]]),
  });
  const changed = { ...comparison, kind: 'json' as const, fields: [{ name: EVIL, same: 1, of: 2 }] };
  const transitions = [{ from: EVIL, to: EVIL, count: 1 }];
  const differences = [{ field: EVIL, count: 1, from: EVIL, to: EVIL }];
  for (const page of [
    summaryMarkdown('a.batch.jsonl', sum),
    comparisonMarkdown(['a', 'b'], changed, differences, [sum, sum]),
    comparisonMarkdown(['a', 'b'], { ...comparison, transitions }, differences, [sum, sum]),
  ]) {
    harmless(page);
    assert.doesNotMatch(withoutCode(page), /evil|example\.invalid|command:|<img/);
  }
});

test('exports hold all of it, and are no file but the one that was asked for', async (t) => {
  const { opened, folder } = await table(t);
  const order = opened.rows.map((_, index) => index);
  await exportCsv({ table: opened, order, target: path.join(folder, 'out.csv') }, { mark: false });
  await exportJsonl({ table: opened, order, target: path.join(folder, 'out.jsonl') }, [], () => undefined);
  const rows = readFileSync(path.join(folder, 'out.jsonl'), 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    rows.map((each) => JSON.parse(each).custom_id),
    opened.rows.map(({ customId }) => customId),
  );
  assert.deepEqual(readdirSync(folder).sort(), ['a.20261120T2104Z.results.jsonl', 'out.csv', 'out.jsonl']);
  const [first] = rowMarkdown(opened.rows[4] as never, undefined).split('\n');
  assert.equal(first, `# ${'x'.repeat(70)} # no`);
});

test('nothing that is said in a terminal steers it', () => {
  const said: string[] = [];
  const stderr = { write: (text: string) => said.push(text) };
  const terminal = createTerminal({ ...process, cwd: () => '/', stderr } as never, new AbortController().signal);
  terminal.say(`failed: ${EVIL}`);
  harmless(said.join(''));
  assert.match(said.join(''), /‹U\+001B›\[2J‹U\+009B›31m‹U\+202E›evil.*‹U\+000D›Done\n$/);
});
