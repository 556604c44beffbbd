import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { HiddenData } from '../../batch/excerpt/hidden-data';
import { RequestPlaces, type TextPosition } from '../../batch/excerpt/request-places';
import { LineStore } from '../../batch/lines';
import { BatchDocument } from './documents';

/** One request over many lines. It is judged as the one line that it makes, so that every feature works in it. */
export class RequestDocument extends BatchDocument {
  readonly #written: LineStore;
  #hidden: readonly HiddenData[];
  #places: RequestPlaces;

  constructor(uri: string, version: number, text: string, hidden: readonly HiddenData[]) {
    const places = new RequestPlaces(text, hidden);
    super(uri, version, places.line);
    this.#written = new LineStore(text);
    this.#hidden = hidden;
    this.#places = places;
    this.treatAs('batch');
  }

  override get isReflowed(): boolean {
    return true;
  }

  override update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) this.#written.update(change);
    return this.#place(version);
  }

  /** Other labels stand for other data. */
  hide(hidden: readonly HiddenData[]): void {
    this.#hidden = hidden;
    this.#place(this.version);
  }

  override inLines<T>(asked: T): T {
    return withPositions(asked, (position) => ({ line: 0, character: this.#places.toLine(position) }));
  }

  override inDocument<T>(answer: T): T {
    return withPositions(answer, ({ character }) => this.#places.toText(character));
  }

  #place(version: number): this {
    this.#places = new RequestPlaces(this.#written.text, this.#hidden);
    return super.update([{ text: this.#places.line }], version);
  }
}

/** A message with another position in the place of each. */
function withPositions<T>(message: T, other: (position: TextPosition) => TextPosition): T {
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== 'object' || value === null) return value;
    if (isPosition(value)) return other(value);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner)]));
  };
  return changed(message) as T;
}

function isPosition(value: object): value is TextPosition {
  return 'line' in value && 'character' in value && typeof value.line === 'number';
}
