/** Hands values on in the order in which they were announced, whichever comes first. */
export class InOrder<T> {
  readonly #slots: { value?: T }[] = [];
  readonly #awaited: Promise<void>[] = [];

  constructor(private readonly use: (value: T) => void) {}

  add(value: T): void {
    this.#slots.push({ value });
    this.#handOn();
  }

  announce(promise: Promise<T>): void {
    const slot: { value?: T } = {};
    this.#slots.push(slot);
    const awaited = promise.then((value) => {
      slot.value = value;
      this.#handOn();
    });
    // Who waits for all hears of it.
    awaited.catch(() => {});
    this.#awaited.push(awaited);
  }

  /** Settled when all are handed on. Rejects as the first that was announced and failed. */
  async all(): Promise<void> {
    await Promise.all(this.#awaited);
  }

  /** Nothing is awaited any more, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#awaited);
  }

  #handOn(): void {
    for (let first = this.#slots[0]; first && 'value' in first; first = this.#slots[0]) {
      this.#slots.shift();
      this.use(first.value as T);
    }
  }
}
