import type { Duplicates } from './rules/rule';

/**
 * Which lines have which `custom_id`, kept up as lines come and go. A key stands for a line: its object in an open
 * document.
 */
export class CustomIds<Key> {
  /** Most ids stand once: only those that do not have a set. */
  readonly #keys = new Map<string, Key | Set<Key>>();
  /** The lines of ids that stand more than once, and which those are. */
  readonly #repeated = new Map<Key, string>();
  readonly #repeatedIds = new Set<string>();
  /** How often a line with an id that stands more than once has come or gone. */
  changes = 0;

  add(id: string, key: Key): void {
    const others = this.#keys.get(id);
    if (others === undefined) {
      this.#keys.set(id, key);
      return;
    }
    this.changes++;
    this.#repeated.set(key, id);
    if (others instanceof Set) others.add(key);
    else {
      this.#keys.set(id, new Set([others, key]));
      this.#repeated.set(others, id);
      this.#repeatedIds.add(id);
    }
  }

  remove(id: string, key: Key): void {
    const keys = this.#keys.get(id);
    if (!(keys instanceof Set)) {
      this.#keys.delete(id);
      return;
    }
    this.changes++;
    this.#repeated.delete(key);
    keys.delete(key);
    const [last] = keys;
    if (keys.size > 1 || last === undefined) return;
    this.#keys.set(id, last);
    this.#repeated.delete(last);
    this.#repeatedIds.delete(id);
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  /** The lines with this id. */
  keysOf(id: string): readonly Key[] {
    const keys = this.#keys.get(id);
    return keys === undefined ? [] : keys instanceof Set ? [...keys] : [keys];
  }

  /** The ids that stand more than once, given all lines in order: so many that `most` lines repeat one, and the rest counted. */
  duplicatesAmong(lines: readonly Key[], most: number): Duplicates {
    const chosen = this.#firstRepeated(lines, most);
    const numbers = new Map([...chosen.keys()].map((id): [string, number[]] => [id, []]));
    let left = [...chosen.values()].reduce((sum, keys) => sum + keys.size, 0);
    for (let number = 0; left > 0; number++) {
      const id = this.#repeated.get(lines[number]!);
      const ofId = id === undefined ? undefined : numbers.get(id);
      if (!ofId) continue;
      ofId.push(number);
      left--;
    }
    const ids = [...numbers].map(([customId, all]) => ({ customId, lines: all.slice(0, most + 1) }));
    const repeating = ids.reduce((sum, { lines }) => sum + lines.length - 1, 0);
    return { ids, more: this.#repeated.size - this.#repeatedIds.size - repeating };
  }

  #firstRepeated(lines: readonly Key[], most: number): Map<string, ReadonlySet<Key>> {
    const first = new Map<string, ReadonlySet<Key>>();
    let ids = this.#repeatedIds.size;
    let repeating = 0;
    for (let number = 0; ids > 0 && repeating < most; number++) {
      const id = this.#repeated.get(lines[number]!);
      const keys = id === undefined ? undefined : this.#keys.get(id);
      if (id === undefined || !(keys instanceof Set) || first.has(id)) continue;
      first.set(id, keys);
      repeating += keys.size - 1;
      ids--;
    }
    return first;
  }
}
