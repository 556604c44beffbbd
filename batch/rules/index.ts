import { bareCr } from './bare-cr';
import { batchTooLarge } from './batch-too-large';
import { blankLine } from './blank-line';
import { byteOrderMark } from './byte-order-mark';
import { duplicateCustomId } from './duplicate-custom-id';
import { duplicateKey } from './duplicate-key';
import { emptyFile } from './empty-file';
import { foreignShape } from './foreign-shape';
import { invalidJson } from './invalid-json';
import { invalidUtf8 } from './invalid-utf8';
import { loneSurrogate } from './lone-surrogate';
import { notAnObject } from './not-an-object';
import { numberOutOfRange } from './number-out-of-range';
import type { FileRule, LineRule, RuleInfo, TextRule } from './rule';
import { tooDeep } from './too-deep';
import { tooManyRequests } from './too-many-requests';

/** Rules over a line's raw text. */
export const textRules: readonly TextRule[] = [byteOrderMark, duplicateKey, loneSurrogate, numberOutOfRange];

/** What the reading of a file and of its lines finds by itself. */
const readingRules: readonly RuleInfo[] = [
  bareCr,
  blankLine,
  foreignShape,
  invalidJson,
  invalidUtf8,
  notAnObject,
  tooDeep,
];

/** What the schema refuses, explained. */
const shapeRules: readonly RuleInfo[] = [];

/** Rules over one request. */
export const lineRules: readonly LineRule[] = [];

/** Rules over the file as a whole. */
export const fileRules: readonly FileRule[] = [batchTooLarge, duplicateCustomId, emptyFile, tooManyRequests];

/** Every rule, by id. */
export const rules: readonly RuleInfo[] = [...readingRules, ...textRules, ...shapeRules, ...lineRules, ...fileRules].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

/** Every rule by its id. */
export const ruleById: ReadonlyMap<string, RuleInfo> = new Map(rules.map((rule) => [rule.id, rule]));
