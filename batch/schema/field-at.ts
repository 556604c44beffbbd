import type { Path } from '../finding';
import type { Json } from '../json';

/** What may stand at one place of a line: the material of hover and completion. */
export interface FieldInfo {
  /** The property's name; the parent's for an array's item; `request` for the line itself. */
  readonly name: string;
  /** In words, such as `string`, `array of objects`, `"low" | "high"`. */
  readonly type: string;
  /** Markdown. */
  readonly description: string | undefined;
  readonly required: boolean;
  /** The values it may take, where they are listed; not necessarily all of them (`open`). */
  readonly values: readonly FieldValue[];
  /** Other values than those listed are legal too, as with `model`. */
  readonly open: boolean;
  /** The properties an object here may have; empty for anything else. */
  readonly properties: readonly PropertyInfo[];
}

export interface FieldValue {
  readonly value: string | number | boolean | null;
  readonly description: string | undefined;
}

export interface PropertyInfo {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly required: boolean;
  /** A JSON text to insert as the value, as an LSP snippet: `"$1"`, `[$1]`, `"ephemeral"`. */
  readonly snippet: string;
}

/** What may stand at `path` of the line `value`; unions follow the `type` or `role` present in the value. */
export declare function fieldAt(path: Path, value: Json | undefined): FieldInfo | undefined;
