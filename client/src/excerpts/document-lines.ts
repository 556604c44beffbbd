import path from 'node:path';
import * as vscode from 'vscode';
import { NotWritableError } from '../../../batch/excerpt/request-text';
import type { Path } from '../../../batch/finding';
import { type BlockLimits, type LineBlock, linesIn } from '../../../files/line-block';
import { startOf } from '../../../files/shared-text';
import type { Lines } from './lines';

/** The lines of an open document. Blocks begin at UTF-16 offsets there. */
export class DocumentLines implements Lines {
  constructor(private readonly document: vscode.TextDocument) {}

  async read(
    from: number,
    { lines = Infinity, requests = Infinity, bytes = Infinity }: BlockLimits,
  ): Promise<LineBlock | null> {
    const taken: Buffer[] = [];
    let [used, size] = [0, 0];
    for (let line = from; line < this.#count; line++) {
      const text = this.#lineAt(line);
      const isBlank = text.toString().trim() === '';
      const isOver = taken.length === lines || size + text.length > bytes || (used === requests && !isBlank);
      if (isOver && taken.length > 0) break;
      taken.push(text);
      size += text.length;
      used += isBlank ? 0 : 1;
    }
    return taken.length === 0 ? null : this.#block(from, taken);
  }

  async find(block: LineBlock): Promise<LineBlock | null> {
    const wanted = linesIn(block.bytes);
    const standsAt = (line: number): boolean =>
      line + wanted.length <= this.#count && wanted.every((text, i) => this.#lineAt(line + i).equals(text));
    for (const line of [block.line, ...Array(this.#count).keys()]) if (standsAt(line)) return this.#block(line, wanted);
    return null;
  }

  async replace({ start, bytes }: LineBlock, replacement: Buffer): Promise<void> {
    const [before, after] = [bytes.toString(), replacement.toString()];
    const most = Math.min(before.length, after.length);
    let head = 0;
    while (head < most && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    const range = this.#range(start + head, start + before.length - tail);
    await this.#apply([vscode.TextEdit.replace(range, after.slice(head, after.length - tail))]);
  }

  async sharing(path: Path, token: string): Promise<number[]> {
    const { document } = this;
    return Array.from({ length: this.#count }, (_, line) => {
      const { text } = document.lineAt(line);
      const start = text.includes(token) ? startOf(text, path, token) : undefined;
      return start === undefined ? [] : [document.offsetAt(new vscode.Position(line, start))];
    }).flat();
  }

  async replaceShared(starts: readonly number[], token: string, other: string): Promise<void> {
    await this.#apply(starts.map((start) => vscode.TextEdit.replace(this.#range(start, start + token.length), other)));
  }

  /**
   * One step back undoes it. A document without unsaved changes is saved again; where that fails it says so itself, and holds
   * the change until it can be. Throws NotWritableError where the change is not made.
   */
  async #apply(edits: vscode.TextEdit[]): Promise<void> {
    const { document } = this;
    const wasSaved = !document.isDirty;
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new NotWritableError(`${path.basename(document.fileName)} could not be changed.`);
    if (wasSaved) await document.save();
  }

  #range(start: number, end: number): vscode.Range {
    return new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
  }

  /** Nothing after the last line break is no line. */
  get #count(): number {
    const { lineCount } = this.document;
    return this.document.lineAt(lineCount - 1).text === '' ? lineCount - 1 : lineCount;
  }

  #lineAt(line: number): Buffer {
    const { text } = this.document.lineAt(line);
    const isLast = line === this.document.lineCount - 1;
    const eol = this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    return Buffer.from(isLast ? text : text + eol);
  }

  #block(line: number, lines: readonly Buffer[]): LineBlock {
    const start = this.document.offsetAt(new vscode.Position(line, 0));
    return { line, lines: lines.length, start, bytes: Buffer.concat(lines) };
  }
}
