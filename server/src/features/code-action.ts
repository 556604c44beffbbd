import { type CodeAction, CodeActionKind, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import { toTextChanges } from '../../../batch/apply-edits';
import type { Edit, Fix } from '../../../batch/edit';
import type { Problem } from '../../../batch/problems';
import { blankLine } from '../../../batch/rules/blank-line';
import { byteOrderMark } from '../../../batch/rules/byte-order-mark';
import { foreignShape } from '../../../batch/rules/foreign-shape';
import { lowerPrice } from '../../../batch/rules/lower-price';
import { counted } from '../../../batch/wording';
import type { ClientFeatures } from '../client-features';
import type { BatchDocument } from '../documents';
import { ClientCommand, type SettingsFix } from '../protocol';
import { toDiagnostic, toLineRemoval, toQuickFix, toTextEdits, toWorkspaceEdit } from '../to-lsp';
import { idFixes, isAboutId, isForAllIds, resolveIdFix } from './fix-ids';

/** What people let run at every save: it holds only what changes neither the meaning of a request nor which there are. */
export const FIX_ALL = 'source.fixAll.messageBatches';
const FIXED_AT_SAVE: ReadonlySet<string> = new Set([blankLine.id, byteOrderMark.id]);

/** Fixes of the problems in the range, each also for the whole file where it is not the only one of its kind. */
export function codeActions(
  document: BatchDocument,
  problems: readonly Problem[],
  { range, context }: CodeActionParams,
  client: ClientFeatures,
): CodeAction[] {
  const wants = (kind: string): boolean =>
    context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? false;
  const actions = document.file && wants(FIX_ALL) ? fixAll(document, client) : [];
  if (context.only && !wants(CodeActionKind.QuickFix)) return actions;
  const here = problems.filter(({ line, start, end }) => {
    const isBefore = line < range.start.line || (line === range.start.line && end < range.start.character);
    const isAfter = line > range.end.line || (line === range.end.line && start > range.end.character);
    return !isBefore && !isAfter;
  });
  if (!document.file) return here.flatMap((problem) => conversion(document, problem, client));
  const others = here.filter((problem) => !isAboutId(problem));
  return [
    ...actions,
    ...others.flatMap((problem) => quickFixes(document, problem, client)),
    ...others.flatMap((problem) => comparison(document, problem, client)),
    ...kindsAmong(others).flatMap((kind) => fixesOfKind(document, kind, client)),
    ...idFixes(document, here.filter(isAboutId), client),
  ];
}

/** Makes the edit of an action that was offered for all of its kind. */
export function resolveCodeAction(action: CodeAction, document: BatchDocument, client: ClientFeatures): CodeAction {
  const kind = action.data as FixKind;
  if (isForAllIds(action)) return resolveIdFix(action, document, client);
  return { ...action, edit: toWorkspaceEdit(document, editsOfKind(document, kind), client, action.title) };
}

/** The document that an action to be resolved is about. */
export function uriOf({ data }: CodeAction): string {
  return (data as FixKind).uri;
}

/** The same mend for the same rule: what "all of this kind" means. */
interface FixKind {
  readonly uri: string;
  readonly rule: string;
  readonly title: string;
}

interface OfferedKind extends Omit<FixKind, 'uri'> {
  /** Of one line it is offered as well, since it is not offered for a line alone. */
  readonly together: boolean;
}

function quickFixes(document: BatchDocument, problem: Problem, client: ClientFeatures): CodeAction[] {
  const diagnostic = toDiagnostic(problem, document.uri, client.rulesDocs);
  const alone = problem.finding.fixes.filter(({ together }) => !together);
  return alone.flatMap((fix): CodeAction[] => {
    const action = toQuickFix(fix, diagnostic);
    if (fix.settings) return client.commands ? [{ ...action, command: settingsCommand(fix, document.uri) }] : [];
    const edits = editsOf(document, new Map([[problem.line, fix.edits]]));
    return edits.length > 0 ? [{ ...action, edit: toWorkspaceEdit(document, edits, client) }] : [];
  });
}

/** What has another shape is mended as a whole. */
function conversion({ uri }: BatchDocument, problem: Problem, client: ClientFeatures): CodeAction[] {
  if (problem.finding.rule !== foreignShape.id || !client.commands) return [];
  const title = 'Convert to a Batch File…';
  const diagnostics = [toDiagnostic(problem, uri, client.rulesDocs)];
  const command = { title, command: ClientCommand.convert, arguments: [uri] };
  return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics, command }];
}

/** Other prices are looked at, not edited. */
function comparison({ uri }: BatchDocument, problem: Problem, client: ClientFeatures): CodeAction[] {
  if (problem.finding.rule !== lowerPrice.id || !client.commands) return [];
  const title = 'Compare Models';
  const diagnostics = [toDiagnostic(problem, uri, client.rulesDocs)];
  const command = { title, command: ClientCommand.compareModels, arguments: [uri] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }];
}

function settingsCommand({ title, settings }: Fix, uri: string): CodeAction['command'] {
  const argument: SettingsFix = { uri, change: settings ?? {} };
  return { title, command: ClientCommand.applySettingsFix, arguments: [argument] };
}

function kindsAmong(problems: readonly Problem[]): OfferedKind[] {
  const kinds = problems.flatMap(({ finding: { rule, fixes } }) =>
    fixes
      .filter(({ settings }) => !settings)
      .map(({ title, together = false }): OfferedKind => ({ rule, title, together })),
  );
  return [...new Map(kinds.map((kind) => [`${kind.rule} ${kind.title}`, kind])).values()];
}

function fixesOfKind(
  document: BatchDocument,
  { rule, title, together }: OfferedKind,
  client: ClientFeatures,
): CodeAction[] {
  const kind: FixKind = { uri: document.uri, rule, title };
  const lines = linesOfKind(document, kind).size;
  if (lines < (together ? 1 : 2)) return [];
  const action: CodeAction = {
    title: `${title} in ${counted(lines, rule === blankLine.id ? 'line' : 'request')}`,
    kind: CodeActionKind.QuickFix,
  };
  return [
    client.resolvesEdits ? { ...action, data: kind } : resolveCodeAction({ ...action, data: kind }, document, client),
  ];
}

function editsOfKind(document: BatchDocument, kind: FixKind): TextEdit[] {
  return editsOf(document, linesOfKind(document, kind));
}

/** The edits of each line: what was found in it is mended, or it belongs to what was found in the file. */
function linesOfKind(document: BatchDocument, kind: FixKind): ReadonlyMap<number, readonly Edit[]> {
  const ofFile = document.file?.mendsOf(kind.rule);
  return ofFile?.size ? ofFile : linesWith(document, (finding) => fixesFor(finding, kind));
}

function fixesFor({ rule, fixes }: Problem['finding'], kind: FixKind): readonly Edit[] {
  if (rule !== kind.rule) return [];
  return fixes.find(({ title }) => title === kind.title)?.edits ?? [];
}

function fixAll(document: BatchDocument, client: ClientFeatures): CodeAction[] {
  const edits = editsOf(
    document,
    linesWith(document, ({ rule, fixes }) => (FIXED_AT_SAVE.has(rule) ? (fixes[0]?.edits ?? []) : [])),
  );
  if (edits.length === 0) return [];
  return [
    { title: 'Remove Blank Lines and Byte Order Mark', kind: FIX_ALL, edit: toWorkspaceEdit(document, edits, client) },
  ];
}

/** The edits that `choose` takes from the findings of each line, for the lines that have some; what follows the last line break is no line. */
function linesWith(
  document: BatchDocument,
  choose: (finding: Problem['finding']) => readonly Edit[],
): Map<number, Edit[]> {
  const chosen = new Map<number, Edit[]>();
  for (const [number, line] of document.lines.entries()) {
    if (line.text === '' && line.eol === '') continue;
    const edits = document.file?.analysisAt(number).findings.flatMap((finding) => choose(finding)) ?? [];
    if (edits.length > 0) chosen.set(number, edits);
  }
  return chosen;
}

/** Edits of lines as text edits that do not overlap; neighbouring lines that go, go as one. */
export function editsOf(document: BatchDocument, byLine: ReadonlyMap<number, readonly Edit[]>): TextEdit[] {
  const edits: TextEdit[] = [];
  const removed: number[] = [];
  for (const [line, lineEdits] of byLine) {
    if (lineEdits.some(({ op }) => op === 'remove-line')) removed.push(line);
    else edits.push(...toTextEdits(line, toTextChanges(document.lineText(line), lineEdits)));
  }
  return [...edits, ...runs(removed).map(({ start, end }) => toLineRemoval(document.lines, start, end))];
}

/** Ascending numbers as half-open runs of neighbours. */
function runs(numbers: readonly number[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.end === number) last.end++;
    else found.push({ start: number, end: number + 1 });
  }
  return found;
}
