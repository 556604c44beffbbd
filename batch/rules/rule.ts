import type { LineFacts } from '../analysis';
import type { Context } from '../context';
import type { CacheLens } from '../cost/cache-lens';
import type { LowerPrice } from '../cost/lower-price';
import type { Model } from '../cost/models';
import type { Range } from '../cost/range';
import type { Edit, Fix } from '../edit';
import type { FileFinding, Path, Place, Severity } from '../finding';
import type { Json, JsonObject } from '../json';
import type { Repeated } from '../likeness';
import type { TextScan } from '../text-scan';

/** What is said of every rule, whatever finds it: the material of `docs/rules.md` and of the settings schema. */
export interface RuleInfo {
  /** Kebab-case; equals the file name, the diagnostic code, the docs anchor and the settings key. */
  readonly id: string;
  readonly severity: Severity;
  /** When the API refuses it: with the whole batch at create, in a row of the results, or not at all. */
  readonly refusedAt: 'create' | 'row' | 'never';
  /** A few words: the docs heading. */
  readonly title: string;
  /** Markdown: why it matters, what the API answers, what to do; ends with the source. */
  readonly docs: string;
  /** Whole lines; absent where a line cannot show it. */
  readonly examples?: { readonly bad: string; readonly good: string };
  /** The file cannot decide it (a header, a URL): said once per file and rule. */
  readonly oncePerFile?: boolean;
  /** No line is at fault: there is more than one batch holds, and it is sent as several. */
  readonly aboutSize?: boolean;
}

/** A request as a line says it; nothing about `params` is certain but that it is an object. */
export interface BatchRequest {
  readonly custom_id: Json | undefined;
  readonly params: JsonObject;
}

/** Takes a path (the value there) or a place, a sentence, and what can be done about it, likeliest first. */
export interface Report {
  (where: Path | Place, message: string, ...fixes: Fix[]): void;
  /** The same where one case is milder or graver than its rule; the severity that the settings give the rule wins. */
  as(severity: Severity, where: Path | Place, message: string, ...fixes: Fix[]): void;
}

/** A rule over one request. It never throws, whatever the request holds, and reports paths, never positions. */
export interface LineRule extends RuleInfo {
  check(request: BatchRequest, context: Context, report: Report): void;
}

/** How large a request of a known model is. */
export interface RequestSize {
  readonly model: Model;
  /** As it is written. */
  readonly modelName: string;
  /** 0 where there is none. */
  readonly maxTokens: number;
  /** Tokens of the input. */
  readonly prompt: Range;
  /** The bearer of the last cache breakpoint, where even the highest estimate leaves too little before it to be cached. */
  readonly shortPrefix: Path | undefined;
}

/** A rule over the estimated size of a request: it looks at nothing else, so that texts of any length need no other rule. */
export interface SizeRule extends RuleInfo {
  check(size: RequestSize, report: Report): void;
}

/** A rule over a line's raw text, for what `JSON.parse` hides. */
export interface TextRule extends RuleInfo {
  check(text: string, scan: TextScan, report: Report): void;
}

/** The ids that stand more than once. */
export interface Duplicates {
  /** In the order of their first lines, with their lines in order; no more than may come to be shown. */
  readonly ids: readonly { readonly customId: string; readonly lines: readonly number[] }[];
  /** How many lines repeat an id beside those. */
  readonly more: number;
}

/** What the folds over a whole file know. Lines are 0-based. */
export interface FileView {
  readonly requests: number;
  /** Size of the create body where that may be more than the API takes, or null. */
  readonly bytesOver: number | null;
  readonly duplicates: Duplicates;
  /** The line of the first request beyond the API's limit, or null. */
  readonly firstLineOver: number | null;
  /** What its requests begin with and could share in the cache. */
  readonly cache: CacheLens;
  /** What asks the same under other ids. */
  readonly repeated: Repeated;
  /** What the same requests would cost with a cheaper model, where that saves much. */
  readonly lowerPrice: LowerPrice | null;
}

export type FileReport = (finding: Pick<FileFinding, 'line' | 'place' | 'message'> & Partial<FileFinding>) => void;

/** A rule over a whole file. */
export interface FileRule<Part extends keyof FileView = keyof FileView> extends RuleInfo {
  /** What of the file it looks at: as long as that is the same, it finds the same. */
  readonly reads: readonly Part[];
  check(file: Pick<FileView, Part>, report: FileReport): void;
  /** What its fix does to each line that it is about, where it mends them all or none. */
  mend?(line: LineFacts, file: Pick<FileView, 'cache'>): readonly Edit[];
}
