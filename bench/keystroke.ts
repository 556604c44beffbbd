import { readFileSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BatchFile } from '../batch/batch-file';
import { SHOWN_PROBLEMS } from '../batch/problems';
import { judgementFor } from '../files/judgement';
import { parseSettings } from '../files/settings-file';
import type { Row } from './main';
import { median } from './median';

const KEYSTROKES = 200;

/** A character typed in the middle of an open file, until its problems are known, against the stock document's update alone. */
export function measureKeystroke(path: string): Row {
  const text = readFileSync(path, 'utf8');
  const { context } = judgementFor(path, { path: null, ...parseSettings('{}') }, { now: Date.now() });
  const file = new BatchFile(text, context);
  const document = TextDocument.create('file:///bench.jsonl', 'jsonl', 0, text);
  const line = file.lines.length >> 1;
  const times: { ours: number[]; stock: number[] } = { ours: [], stock: [] };
  for (let i = 0; i < KEYSTROKES; i++) {
    const at = { line, character: 20 + i };
    const change = { range: { start: at, end: at }, text: 'x' };
    times.stock.push(timed(() => void TextDocument.update(document, [change], i + 1).offsetAt(at)));
    times.ours.push(
      timed(() => {
        file.update([change]);
        file.problems(SHOWN_PROBLEMS);
      }),
    );
  }
  const [ours, stock] = [median(times.ours), median(times.stock)];
  const note = `${ours.toFixed(2)} ms, with all problems of the file`;
  return {
    what: 'a keystroke in the open file',
    yardstick: 'TextDocument.update, no check',
    ratio: ours / stock,
    note,
  };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
