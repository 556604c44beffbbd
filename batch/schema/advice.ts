import type { Fix } from '../edit';
import type { Place } from '../finding';

/** What is to be said of one fault, and where. */
export interface Advice {
  readonly place: Place;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Of an unknown field: the field of the same object that was meant by it. */
  readonly meant?: string | undefined;
}
