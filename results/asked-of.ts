import { closeSync, openSync, readSync } from 'node:fs';
import { estimateOf, estimateParts, type RequestEstimate } from '../batch/cost/estimate';
import type { ModelTable } from '../batch/cost/models';
import { isObject } from '../batch/json';
import { parseLine } from '../runs/custom-id';
import { type AskedJson, askedJson, fieldsAsked, fieldsIn, fieldText } from './answer-schema';
import type { RequestPlace } from './request-places';

/** The column that says whether an answer fits. */
export const FIT_FIELD = 'fits schema';

/** So many requests at the beginning of a file tell which fields its answers have. */
const LOOKED_AT = 20;

/** What the requests of a file ask for, each read from disk when its answer is looked at. */
export class AskedOf {
  /** Columns of the answers. */
  readonly fields: readonly string[];

  private constructor(
    private readonly file: number,
    private readonly places: ReadonlyMap<string, RequestPlace>,
  ) {
    const names = new Set<string>();
    for (const customId of [...places.keys()].slice(0, LOOKED_AT)) {
      const asked = askedJson(this.#request(customId));
      for (const name of asked ? fieldsAsked(asked) : []) names.add(name);
    }
    this.fields = names.size > 0 ? [FIT_FIELD, ...names] : [];
  }

  /** Throws what the file system throws. */
  static open(path: string, places: ReadonlyMap<string, RequestPlace>): AskedOf {
    return new AskedOf(openSync(path, 'r'), places);
  }

  /** Null where the request carries no schema. */
  of(customId: string | null): AskedJson | null {
    return this.fields.length === 0 || customId === null ? null : askedJson(this.#request(customId));
  }

  /** The cells of a row, one for each of `fields`; `fault` is what is wrong with its answer, undefined while that is not known. */
  cells(customId: string | null, row: unknown, fault: string | null | undefined): string[] {
    const found = fieldsIn(this.of(customId), row);
    return this.fields.map((name) => {
      if (!found) return '';
      const text = name === FIT_FIELD ? (fault ?? (fault === null ? 'yes' : '')) : fieldText(found.get(name));
      return text.slice(0, LONGEST_CELL);
    });
  }

  /** What a request was expected to cost before it was answered; null where it is not in the file. */
  estimateOf(customId: string | null, models: ModelTable): RequestEstimate | null {
    const request = customId === null ? undefined : this.#request(customId);
    return isObject(request) && isObject(request.params)
      ? estimateOf(estimateParts(request.params, models), models)
      : null;
  }

  close(): void {
    closeSync(this.file);
  }

  #request(customId: string): unknown {
    const place = this.places.get(customId);
    if (!place) return undefined;
    const line = Buffer.allocUnsafe(place.bytes);
    return readSync(this.file, line, 0, place.bytes, place.start) === place.bytes ? parseLine(line) : undefined;
  }
}

const LONGEST_CELL = 200;
