/** What the process exits with. */
export const EXIT = {
  ok: 0,
  /** The file has errors, or could cost too much: nothing was sent. */
  findings: 1,
  /** Usage, or the world: files, network, API. */
  failure: 2,
  /** The batch has ended and its results are on disk, but not every request was answered. */
  amiss: 3,
  /** A batch may have been bought. */
  undecided: 4,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** What a person asked for cannot be done; the message is one sentence for them. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exit: Exit = EXIT.failure,
  ) {
    super(message);
  }
}
