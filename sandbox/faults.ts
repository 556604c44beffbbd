/** The routes, by what they do. */
export type RouteName =
  | 'create'
  | 'list'
  | 'retrieve'
  | 'cancel'
  | 'delete'
  | 'results'
  | 'models'
  | 'model'
  | 'message'
  | 'count_tokens';

/** Something that goes wrong with a request to a route. */
export type Fault = Aim & Mishap;

export interface Aim {
  readonly on: RouteName;
  /** Strikes the n-th such request from now on, 1-based; the first by default. */
  readonly nth?: number;
  /** How many in a row it strikes; once by default. */
  readonly times?: number;
}

/** When, on its way through the server, a request meets its mishap: before its body is read, before or after the work. */
export type Moment = 'before-body' | 'before-work' | 'after-work';

export type Mishap =
  /** An error body with this status; the body is read, the work is not done. */
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter?: string; readonly message?: string }
  /** The connection is cut without an answer. */
  | { readonly kind: 'drop'; readonly when: Moment }
  /** Nothing happens until the promise settles. */
  | { readonly kind: 'hold'; readonly when: 'before-body' | 'after-work'; readonly until: Promise<unknown> }
  /** The answer's body ends after so many bytes, with a cut connection. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** 307 to another address, whatever was asked. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** The results are not those of the batch: the first rows twice, the next ones missing, rows of nobody at the end. */
  | { readonly kind: 'rows'; readonly twice?: number; readonly missing?: number; readonly extra?: number };

/** The faults that strike a request, and how often each has been aimed at one. */
export class Faults {
  readonly #seen = new WeakMap<Fault, number>();

  /** `list` is what the tests see and push to; a fault leaves it with its last strike. */
  constructor(readonly list: Fault[]) {}

  strike(route: RouteName): Fault[] {
    const struck: Fault[] = [];
    for (const fault of this.list.filter(({ on }) => on === route)) {
      const seen = (this.#seen.get(fault) ?? 0) + 1;
      this.#seen.set(fault, seen);
      const first = fault.nth ?? 1;
      const last = first + (fault.times ?? 1) - 1;
      if (seen >= first) struck.push(fault);
      if (seen >= last) this.list.splice(this.list.indexOf(fault), 1);
    }
    return struck;
  }
}

/** The rows of a results file as a `rows` fault leaves them. */
export async function* amissRows(
  rows: AsyncIterable<string>,
  { twice = 0, missing = 0, extra = 0 }: { twice?: number; missing?: number; extra?: number },
): AsyncGenerator<string> {
  let index = 0;
  for await (const row of rows) {
    if (index < twice) yield `${row}\n${row}\n`;
    else if (index >= twice + missing) yield `${row}\n`;
    index++;
  }
  for (let nobody = 1; nobody <= extra; nobody++) {
    yield `${JSON.stringify({ custom_id: `nobody-${nobody}`, result: { type: 'expired' } })}\n`;
  }
}
