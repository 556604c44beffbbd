import type { Batches } from './batches';
import type { Mishap, RouteName } from './faults';
import type { SandboxOptions } from './options';

export interface Route {
  readonly name: RouteName;
  readonly method: string;
  /** Its first group is the id. */
  readonly path: RegExp;
  /** Throws a `Refusal`. */
  answer(call: Call): Promise<Reply> | Reply;
}

/** One request, as far as a route needs it. */
export interface Call {
  /** The id in the path, or nothing. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: AsyncIterable<Buffer>;
  readonly apiVersion: string;
  readonly betas: readonly string[];
  readonly batches: Batches;
  readonly options: SandboxOptions;
  /** Origin of every `results_url`. */
  readonly resultsOrigin: string;
  /** What goes wrong with the rows of the results, if anything. */
  readonly amiss: Extract<Mishap, { kind: 'rows' }> | undefined;
}

export interface Reply {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonBody | StreamBody;
}

export interface JsonBody {
  readonly json: object;
}

export interface StreamBody {
  readonly stream: AsyncIterable<string | Buffer>;
}
