import { isUtf8 } from 'node:buffer';
import { rm, stat } from 'node:fs/promises';
import type { LineFacts } from '../batch/analysis';
import { applyChanges, toTextChanges } from '../batch/apply-edits';
import type { Context } from '../batch/context';
import { cacheLens } from '../batch/cost/cache-lens';
import type { CachePrefixes } from '../batch/cost/cache-prefixes';
import type { Edit } from '../batch/edit';
import { analyseLine } from '../batch/lint';
import { mendLine } from '../batch/mend-line';
import { fileRules } from '../batch/rules';
import { blankLine } from '../batch/rules/blank-line';
import { byteOrderMark } from '../batch/rules/byte-order-mark';
import { customId } from '../batch/rules/custom-id';
import { duplicateCustomId } from '../batch/rules/duplicate-custom-id';
import { idEdit, idToMend, type LineId, type Renaming, renamingsCsv, uniqueIds } from '../batch/unique-ids';
import { judgeFile } from './judge-file';
import { isBlank, LineSplitter, type RawLine } from './line-splitter';
import { FileChangedError, type FileIdentity, type ReadOptions, readChunks, readLines } from './read-lines';
import { writeLike } from './rewrite';

export interface FixOptions extends ReadOptions {
  readonly context: Context;
  /** Ids of rules whose findings are mended. */
  readonly rules: ReadonlySet<string>;
  /** Where the old and new ids are written as CSV, if any change; a file that is not there yet. */
  readonly idsTarget: string;
}

export interface FixedFile {
  /** Lines that were changed or left out. */
  readonly changed: number;
  readonly renamed: readonly Renaming[];
}

/**
 * Writes a file of any size to a new file `target`, with the first fix of each finding of the chosen rules made; all other
 * bytes stay as they are. Ids are mended so that each is legal and stands once in the file. The file appears whole or
 * not at all. Throws EEXIST where a target exists, and what `readChunks` throws.
 */
export async function fixFile(source: string, target: string, options: FixOptions): Promise<FixedFile> {
  const { ids, identity } = await idsIn(source, options);
  const { rules, idsTarget } = options;
  const renamed = uniqueIds(ids, { illegal: rules.has(customId.id), repeated: rules.has(duplicateCustomId.id) });
  const mends = await mendsOfTheFile(source, options);
  const fixes = new Fixes(renamed, mends, options);
  await writeLike(source, target, fixedLines(source, fixes, options, identity));
  if (renamed.length > 0) {
    await writeLike(source, idsTarget, [Buffer.from(renamingsCsv(renamed))]).catch(async (error: unknown) => {
      await rm(target);
      throw error;
    });
  }
  return { changed: fixes.changed, renamed };
}

/** Reads the file once before, where what becomes of an id depends on all others. */
async function idsIn(
  source: string,
  { rules, signal }: FixOptions,
): Promise<{ ids: LineId[]; identity: FileIdentity }> {
  const ids: LineId[] = [];
  if (![...OF_THE_FILE].some((rule) => rules.has(rule))) return { ids, identity: await stat(source) };
  const take = ({ bytes }: RawLine) => void ids.push(idToMend(textOf(bytes)));
  return { ids, identity: await readLines(source, take, signal ? { signal } : {}) };
}

type Mend = (line: LineFacts) => readonly Edit[];

/** What the chosen rules over the whole file do to each line. The file is read once before, where there are any. */
async function mendsOfTheFile(source: string, { rules, context, signal }: FixOptions): Promise<readonly Mend[]> {
  const chosen = fileRules.filter(({ id, mend }) => mend && rules.has(id));
  if (chosen.length === 0) return [];
  const prefixes: (CachePrefixes | undefined)[] = [];
  await judgeFile(source, { context, limit: 1, ...(signal && { signal }) }, (judged) => {
    for (const each of judged.prefixes) prefixes.push(each);
  });
  const file = { cache: cacheLens(prefixes, context.models) };
  return chosen.map(
    ({ mend }) =>
      (line: LineFacts) =>
        mend?.(line, file) ?? [],
  );
}

async function* fixedLines(
  source: string,
  fixes: Fixes,
  options: FixOptions,
  identity: FileIdentity,
): AsyncGenerator<Buffer> {
  const splitter = new LineSplitter();
  const mend = (lines: readonly RawLine[]) => Buffer.concat(lines.flatMap((line) => fixes.of(line)));
  for await (const chunk of readChunks(source, options)) yield mend(splitter.push(chunk));
  yield mend(splitter.end());
  const { size, mtimeMs } = await stat(source);
  if (size !== identity.size || mtimeMs !== identity.mtimeMs) throw new FileChangedError(source);
}

/** What becomes of each line, in order. */
class Fixes {
  changed = 0;
  #line = 0;
  readonly #newIds: ReadonlyMap<number, Renaming>;

  constructor(
    renamed: readonly Renaming[],
    private readonly mends: readonly Mend[],
    private readonly options: FixOptions,
  ) {
    this.#newIds = new Map(renamed.map((renaming) => [renaming.line, renaming]));
  }

  /** The bytes to write for a line; none where it goes. */
  of(line: RawLine): Uint8Array[] {
    const { bytes, eol, mark } = line;
    const number = this.#line++;
    const keepsMark = mark && !this.options.rules.has(byteOrderMark.id);
    const mended = this.#mended(bytes, number);
    if (mended !== bytes || keepsMark !== mark) this.changed++;
    if (mended === null) return [];
    return [...(keepsMark ? [BYTE_ORDER_MARK] : []), mended, Buffer.from(eol)];
  }

  #mended(bytes: Uint8Array, number: number): Uint8Array | null {
    const { rules, context } = this.options;
    if (isBlank(bytes)) return rules.has(blankLine.id) ? null : bytes;
    // What is no UTF-8 would not come out as it went in.
    if (!isUtf8(bytes)) return bytes;
    const text = textOf(bytes);
    const named = withId(text, this.#newIds.get(number));
    const together = withEdits(named, this.#editsOf(named));
    const mended = mendLine(together, context, (rule) => rules.has(rule) && !OF_THE_FILE.has(rule));
    if (mended === null) return null;
    return mended === text ? bytes : Buffer.from(mended);
  }

  #editsOf(text: string): readonly Edit[] {
    if (this.mends.length === 0) return [];
    const analysis = analyseLine(text, this.options.context);
    return analysis.kind === 'request' ? this.mends.flatMap((mend) => mend(analysis.facts)) : [];
  }
}

/** Ids are mended with a view of the whole file. */
const OF_THE_FILE: ReadonlySet<string> = new Set([customId.id, duplicateCustomId.id]);

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

function withId(text: string, renaming: Renaming | undefined): string {
  return renaming ? withEdits(text, [idEdit(renaming)]) : text;
}

function withEdits(text: string, edits: readonly Edit[]): string {
  return edits.length > 0 ? applyChanges(text, toTextChanges(text, edits)) : text;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
