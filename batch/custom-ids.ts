/**
 * Which lines have which `custom_id`, kept up as lines come and go. A key stands for a line: its object in an open
 * document, its number in a file that streams by.
 */
export class CustomIds<Key> {
  /** Most ids stand once: only those that do not have a set. */
  readonly #keys = new Map<string, Key | Set<Key>>();
  readonly #repeated = new Set<string>();
  /** How often a line with an id that stands more than once has come or gone. */
  changes = 0;

  add(id: string, key: Key): void {
    const others = this.#keys.get(id);
    if (others === undefined) {
      this.#keys.set(id, key);
      return;
    }
    this.changes++;
    if (others instanceof Set) others.add(key);
    else {
      this.#keys.set(id, new Set([others, key]));
      this.#repeated.add(id);
    }
  }

  remove(id: string, key: Key): void {
    const keys = this.#keys.get(id);
    if (!(keys instanceof Set)) {
      this.#keys.delete(id);
      return;
    }
    this.changes++;
    keys.delete(key);
    const [last] = keys;
    if (keys.size > 1 || last === undefined) return;
    this.#keys.set(id, last);
    this.#repeated.delete(id);
  }

  /** The lines with this id. */
  keysOf(id: string): readonly Key[] {
    const keys = this.#keys.get(id);
    return keys === undefined ? [] : keys instanceof Set ? [...keys] : [keys];
  }

  /** The ids that stand more than once. */
  get repeated(): ReadonlySet<string> {
    return this.#repeated;
  }
}
