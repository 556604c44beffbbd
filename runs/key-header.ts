/** How a key goes with a call: as `Authorization: Bearer …`, which the API and most gateways take, or as `x-api-key: …`. */
export const KEY_HEADERS = ['authorization', 'x-api-key'] as const;
export type KeyHeader = (typeof KEY_HEADERS)[number];

type Fetch = (headers: Headers) => Promise<Response>;

/** The header that one server takes the key in: as it was set, or as is learned once from a 401. */
export class KeyInHeader {
  #header: KeyHeader;
  #isSettled: boolean;

  constructor(set: KeyHeader | undefined) {
    this.#header = set ?? 'authorization';
    this.#isSettled = set !== undefined;
  }

  get header(): KeyHeader {
    return this.#header;
  }

  /** Makes a call; where the key is refused in the one header for the first time, it is offered in the other. */
  async fetch(headers: Headers, call: Fetch, isRepeatable: boolean): Promise<Response> {
    const answer = await call(this.#put(headers, this.#header));
    if (answer.status !== 401) this.#isSettled ||= answer.ok;
    if (answer.status !== 401 || this.#isSettled || !isRepeatable) return answer;
    this.#isSettled = true;
    const other: KeyHeader = this.#header === 'authorization' ? 'x-api-key' : 'authorization';
    const second = await call(this.#put(headers, other));
    if (second.status === 401) {
      await second.body?.cancel();
      return answer;
    }
    await answer.body?.cancel();
    this.#header = other;
    return second;
  }

  /** The SDK writes the first of them. */
  #put(headers: Headers, header: KeyHeader): Headers {
    const put = new Headers(headers);
    if (header === 'authorization') return put;
    put.set('x-api-key', (headers.get('authorization') ?? '').replace(/^Bearer /, ''));
    put.delete('authorization');
    return put;
  }
}
