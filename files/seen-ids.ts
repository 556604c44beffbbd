const FIRST_SIZE = 1 << 12;

/** Which of the ids of a growing list came before: a table of their positions by hash, many times as quick as a `Set`. */
export class SeenIds {
  /** Positions, counted from 1; 0 where there is none. Less than half of it is taken. */
  #table = new Int32Array(FIRST_SIZE);
  #taken = 0;
  /** By position. */
  #hashes = new Int32Array(FIRST_SIZE);

  constructor(private readonly ids: readonly (string | undefined)[]) {}

  /** Takes the id at this position, and says whether it stands at one that was taken before. */
  isAgain(position: number): boolean {
    const id = this.ids[position];
    if (id === undefined) return false;
    if (position >= this.#hashes.length) this.#hashes = grown(this.#hashes, position + 1);
    if (2 * this.#taken >= this.#table.length) this.#grow();
    const hash = hashOf(id);
    this.#hashes[position] = hash;
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = this.#table[slot]! - 1;
      if (at < 0) {
        this.#table[slot] = position + 1;
        this.#taken++;
        return false;
      }
      if (this.#hashes[at] === hash && this.ids[at] === id) return true;
    }
  }

  #grow(): void {
    const positions = this.#table.filter((position) => position > 0);
    this.#table = new Int32Array(4 * this.#table.length);
    const mask = this.#table.length - 1;
    for (const position of positions) {
      let slot = this.#hashes[position - 1]! & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = position;
    }
  }
}

function grown(numbers: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(2 * numbers.length, least));
  more.set(numbers);
  return more;
}

/** Of 32 bits, of which each is as good as any other. */
function hashOf(id: string): number {
  let hash = id.length;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}
