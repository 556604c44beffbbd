import { readFileSync } from 'node:fs';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol/node';
import { withServer, withServers } from './lsp-client';
import { median } from './median';
import type { Row } from './row';

/** An open document of the real server over stdio, against a server that does nothing. */
export async function measureEditor(clean: string, bad: string, prompted: string): Promise<Row[]> {
  return [
    await opening(clean),
    await keystrokes('a keystroke inside a line', clean, insideLine, 'unseen'),
    await keystrokes('the same in a file with 1 % bad lines', bad, insideLine, 'unseen'),
    await keystrokes('a keystroke that makes or mends an error', clean, brokenAndMended, 'shown'),
    await keystrokes('the same in a file with 1 % bad lines', bad, brokenAndMended, 'shown'),
    await keystrokes('a keystroke in the system prompt that all requests share', prompted, insidePrompt, 'shown'),
    { ...(await keystrokes('a line break, or its removal, in that file', bad, brokenLine, 'shown')), reach: null },
  ];
}

const ROUNDS = 5;
const KEYSTROKES = 240;
const URI = 'file:///bench.batch.jsonl';
const YARDSTICK = 'a server that does nothing';

async function opening(file: string): Promise<Row> {
  const text = readFileSync(file, 'utf8');
  const times: { ours: number[]; nothing: number[] } = { ours: [], nothing: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.nothing.push(await withServer('nothing', (client) => client.open(URI, text)));
    times.ours.push(await withServer('ours', (client) => client.open(URI, text)));
  }
  const [ours, nothing] = [median(times.ours), median(times.nothing)];
  return {
    what: `didOpen of ${Math.round(text.length / 1e6)} MB to diagnostics`,
    yardstick: YARDSTICK,
    value: ours / nothing,
    unit: '×',
    reach: { most: 2 },
    note: `${Math.round(ours)} ms, the other ${Math.round(nothing)} ms`,
  };
}

async function keystrokes(what: string, file: string, edits: Edits, seen: 'shown' | 'unseen'): Promise<Row> {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const times: { ours: number[]; nothing: number[] } = { ours: [], nothing: [] };
  await withServers(async (ours, nothing) => {
    await nothing.open(URI, text);
    await ours.open(URI, text);
    for (let i = 0; i < KEYSTROKES; i++) {
      const edit = edits(lines, i);
      times.nothing.push(await nothing.changeShown(URI, edit));
      times.ours.push(await (seen === 'shown' ? ours.changeShown(URI, edit) : ours.changeUnseen(URI, edit)));
    }
  });
  const [ours, nothing] = [median(times.ours), median(times.nothing)];
  return {
    what,
    yardstick: YARDSTICK,
    value: ours - nothing,
    unit: 'ms',
    reach: { most: 1 },
    note: `${ours.toFixed(2)} ms, the other ${nothing.toFixed(2)} ms; ${KEYSTROKES} keystrokes`,
  };
}

/** The i-th edit of a document that had these lines. */
type Edits = (lines: readonly string[], i: number) => TextDocumentContentChangeEvent;

/** Lines all over the file, several keystrokes on each. */
const lineOf = (lines: readonly string[], i: number): number => {
  const from = Math.floor((Math.floor(i / 12) * 0.618034 * lines.length) % lines.length);
  const line = lines.findIndex((text, at) => at >= from && text.endsWith('"}]}}'));
  return line === -1 ? 0 : line;
};

/** A letter typed into the text of a message. */
const insideLine: Edits = (lines, i) => {
  const line = lineOf(lines, i);
  return insert({ line, character: lines[line]!.length - '"}]}}'.length }, 'x');
};

/** A letter typed into the system prompt of one request, which it shares with the others no longer, and removed again. */
const insidePrompt: Edits = (lines, i) => {
  const line = lineOf(lines, i);
  const start = { line, character: lines[line]!.indexOf('"system":"') + 300 };
  return i % 2 === 0 ? insert(start, 'x') : removal(start);
};

/** A brace typed where none may be, and removed again. */
const brokenAndMended: Edits = (lines, i) => {
  const start = { line: lineOf(lines, i), character: 0 };
  return i % 2 === 0 ? insert(start, '{') : removal(start);
};

/** A line broken in two, and joined again. */
const brokenLine: Edits = (lines, i) => {
  const line = lineOf(lines, i);
  const start = { line, character: lines[line]!.length >> 1 };
  return i % 2 === 0 ? insert(start, '\n') : { range: { start, end: { line: line + 1, character: 0 } }, text: '' };
};

/** Of one character. */
function removal(at: { line: number; character: number }): TextDocumentContentChangeEvent {
  return { range: { start: at, end: { ...at, character: at.character + 1 } }, text: '' };
}

function insert(at: { line: number; character: number }, text: string): TextDocumentContentChangeEvent {
  return { range: { start: at, end: at }, text };
}
