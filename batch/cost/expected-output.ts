import type { ModelTable } from './models';

/** What finished answers of one model had: tokens in all, how many answers, the longest, and what 99 of 100 stay within. */
export interface SeenOutput {
  readonly rows: number;
  readonly tokens: number;
  readonly most: number;
  readonly p99: number;
}

/** What was seen on this machine, by the path of the file that was submitted and by model. Plain data: it is sent to the server. */
export interface LearnedOutput {
  readonly files: Readonly<Record<string, OutputByModel>>;
  readonly models: OutputByModel;
}

type OutputByModel = Readonly<Record<string, SeenOutput>>;

/** What is expected of the answers of one file. */
export interface ExpectedOutput {
  /** By the model's id: of the same file where there is any, else of the model. */
  readonly seen: OutputByModel;
  /** Tokens of an answer where none was seen, as a person set it; null where nothing is set. */
  readonly usual: number | null;
}

/** So many answers are enough to rely on, where money is refused or allowed. */
export const RELIABLE_ROWS = 200;

/** `table` tells which names are of the same model. */
export function expectedOutput(
  learned: LearnedOutput,
  file: string,
  table: ModelTable,
  usual: number | null,
): ExpectedOutput {
  const byId = (seen: OutputByModel = {}) => joined(seen, (name) => table.find(name)?.id ?? name);
  const ofFile = Object.hasOwn(learned.files, file) ? learned.files[file] : {};
  return { seen: { ...byId(learned.models), ...byId(ofFile) }, usual };
}

/** Two that were seen, as one. What 99 of 100 stay within is at most the greater of both. */
export function seenTogether(a: SeenOutput | undefined, b: SeenOutput): SeenOutput {
  if (!a) return b;
  return {
    rows: a.rows + b.rows,
    tokens: a.tokens + b.tokens,
    most: Math.max(a.most, b.most),
    p99: Math.max(a.p99, b.p99),
  };
}

function joined(seen: OutputByModel, nameOf: (name: string) => string): OutputByModel {
  const all: Record<string, SeenOutput> = {};
  for (const [name, one] of Object.entries(seen)) all[nameOf(name)] = seenTogether(all[nameOf(name)], one);
  return all;
}
