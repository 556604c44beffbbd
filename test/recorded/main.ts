import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundledModels } from '../../batch/cost/models';
import { isObject } from '../../batch/json';
import { resultFindings } from '../../batch/result-lint';
import { answerOf } from '../../client/src/text/answer';
import { answerTextOf } from '../../results/answer-text';
import { exportCsv } from '../../results/export';
import { openTable } from '../../results/open-table';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../../results/query';
import { writeRows } from '../../results/write-rows';
import { parseText } from '../../runs/custom-id';

/** Reads the results in recorded exchanges, `{"path", "response"}` a line; says what was lost of them. */
async function main([file]: readonly string[]): Promise<void> {
  if (!file) throw new Error('This takes a file of recorded exchanges.');
  const folder = mkdtempSync(path.join(tmpdir(), 'recorded-'));
  const exchanges = readFileSync(file, 'utf8').trimEnd().split('\n').map(parseText);
  const unread = exchanges.findIndex((each) => !isObject(each));
  if (unread >= 0) throw new Error(`Line ${unread + 1} is no exchange.`);
  const bodies = exchanges.flatMap((each) =>
    isObject(each) && /\/results(?:\?|$)/.test(String(each.path)) ? [String(each.response)] : [],
  );
  try {
    let read = 0;
    for (const [number, body] of bodies.entries()) read += await readBody(path.join(folder, `${number}`), body);
    console.log(`${read} results in ${bodies.length} batches were read, and none dropped.`);
    if (read === 0) throw new Error('There were none.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns how many rows there are. Throws where one is not shown whole, is found fault with, is not exported or not written as it came. */
async function readBody(place: string, body: string): Promise<number> {
  const source = `${place}.results.jsonl`;
  writeFileSync(source, body);
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  const table = await openTable(source, null, { models: bundledModels });
  try {
    const order = orderRows(table, EVERYTHING, INPUT_ORDER, () => undefined);
    for (const row of table.rows) {
      const value = table.valueOf(row);
      const text = answerTextOf(value);
      const { blocks } = answerOf(row, value, { line: undefined, sandbox: false });
      const [finding] = resultFindings(lines[row.line] ?? '');
      if (finding) throw new Error(`${row.customId}: ${finding.message}`);
      if (blocks.length < contentOf(value).length) throw new Error(`Not shown whole: ${row.customId}`);
      if (row.customId === null || row.outcome === 'unreadable') throw new Error(`Not read: ${lines[row.line]}`);
      if (row.outcome === 'answered' && (text === '' || row.tokens === null)) throw new Error(`Lost: ${row.customId}`);
    }
    await exportCsv({ table, order, target: `${place}.csv` }, { mark: false });
    await writeRows(table, order, `${place}.merged.jsonl`);
    const written = readFileSync(`${place}.merged.jsonl`, 'utf8').trimEnd().split('\n');
    if (table.rows.length !== lines.length || written.join('\n') !== lines.join('\n'))
      throw new Error(`${lines.length} rows, of which ${table.rows.length} were read and ${written.length} written.`);
    return lines.length;
  } finally {
    table.close();
  }
}

function contentOf(row: unknown): readonly unknown[] {
  const result = isObject(row) && isObject(row.result) ? row.result : {};
  const content = isObject(result.message) ? result.message.content : undefined;
  return Array.isArray(content) ? content : [];
}

void main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
