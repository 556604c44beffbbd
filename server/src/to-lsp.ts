/** The only place that builds LSP objects from the core's: positions become ranges, findings diagnostics, edits text edits. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Command,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  InsertTextFormat,
  type Location,
  type Position,
  type Range,
  type SelectionRange,
  SymbolKind,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { LINE_FAULTS } from '../../batch/api-fault';
import type { Fix, TextChange } from '../../batch/edit';
import type { Severity } from '../../batch/finding';
import type { Line } from '../../batch/lines';
import type { LocatedPlace, Problem } from '../../batch/problems';
import type { SymbolPlace } from './symbol';

/** The `source` of every diagnostic that is ours. */
export const SOURCE = 'Message Batches';

/** The `source` of what the API itself said. */
export const API_SOURCE = 'Message Batches API';

/** UTF-16 columns [start, end) of one line. */
export function toRange({ line, start, end }: Pick<LocatedPlace, 'line' | 'start' | 'end'>): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

export function toDiagnostic(problem: Problem, uri: string, rulesDocs: string): Diagnostic {
  const { rule, severity, message } = problem.finding;
  const tags = DEPRECATIONS.has(rule) ? [DiagnosticTag.Deprecated] : [];
  const related = problem.related.map((place) => ({
    location: { uri, range: toRange(place) },
    message: place.message,
  }));
  return {
    range: toRange(problem),
    severity: SEVERITY[severity],
    code: rule,
    ...(LINE_FAULTS.has(rule)
      ? { source: API_SOURCE }
      : { source: SOURCE, codeDescription: { href: `${rulesDocs}#${rule}` } }),
    message,
    ...(tags.length > 0 && { tags }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** A diagnostic that is no rule's: what is wrong at the offsets [start, end) of a settings file. */
export function toFaultDiagnostic(text: string, start: number, end: number, message: string): Diagnostic {
  const range = { start: positionAt(text, start), end: positionAt(text, end) };
  return { range, severity: DiagnosticSeverity.Error, source: SOURCE, message };
}

export function toTextEdits(line: number, changes: readonly TextChange[]): TextEdit[] {
  return changes.map(({ start, end, text }) => ({ range: toRange({ line, start, end }), newText: text }));
}

/** Takes the lines [start, end) out, with the terminator before them where none stands after. */
export function toLineRemoval(lines: readonly Line[], start: number, end: number): TextEdit {
  if (end < lines.length) return { range: toRangeOfLines(start, end), newText: '' };
  const last = lines.length - 1;
  const before =
    start > 0 ? { line: start - 1, character: lines[start - 1]?.text.length ?? 0 } : { line: 0, character: 0 };
  return { range: { start: before, end: { line: last, character: lines[last]?.text.length ?? 0 } }, newText: '' };
}

/** From the first character of line `start` to the first of line `end`. */
export function toRangeOfLines(start: number, end: number): Range {
  return { start: { line: start, character: 0 }, end: { line: end, character: 0 } };
}

/** An edit of one document as it is now, so that the client refuses it after a change; `asked` wants it previewed. */
export function toWorkspaceEdit(
  { uri, version, lines }: { uri: string; version: number; lines: readonly { readonly text: string }[] },
  edits: readonly TextEdit[],
  client: { documentChanges: boolean; annotations: boolean },
  asked?: string,
): WorkspaceEdit {
  if (!client.documentChanges) return { changes: { [uri]: [...edits] } };
  const annotated = asked !== undefined && client.annotations;
  const change: TextDocumentEdit = {
    textDocument: { uri, version },
    edits: annotated
      ? [...edits.map((edit) => ({ ...edit, annotationId: 'fix' })), { ...nothingAtEnd(lines), annotationId: 'ask' }]
      : [...edits],
  };
  if (!annotated) return { documentChanges: [change] };
  const changeAnnotations = {
    fix: { label: asked, needsConfirmation: false },
    ask: { label: asked, needsConfirmation: true },
  };
  return { documentChanges: [change], changeAnnotations };
}

/**
 * An edit that changes nothing. An editor shows what it is about to change where one edit needs to be confirmed, and leaves
 * that one out unless it is ticked: so it is this one, and Apply makes the others.
 */
function nothingAtEnd(lines: readonly { readonly text: string }[]): TextEdit {
  const end = { line: lines.length - 1, character: lines.at(-1)?.text.length ?? 0 };
  return { range: { start: end, end }, newText: '' };
}

/** A lightbulb's entry for one fix; the caller adds what it does. */
export function toQuickFix(fix: Fix, diagnostic: Diagnostic): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(fix.preferred && { isPreferred: true }),
  };
}

/** What completion offers at one place. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'property' | 'value' | 'snippet';
  /** An LSP snippet. */
  readonly insert: string;
  /** What the typed text is held against, quotes included where it has them. */
  readonly filter: string;
  readonly sort: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string | undefined;
  readonly deprecated?: boolean;
  readonly command?: Command | undefined;
}

export function toCompletionItem(suggestion: Suggestion, range: Range): CompletionItem {
  const { label, kind, insert, filter, sort, detail, documentation, deprecated, command } = suggestion;
  return {
    label,
    kind: ITEM_KIND[kind],
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: insert },
    filterText: filter,
    sortText: sort,
    ...(detail !== undefined && { detail }),
    ...(documentation && { documentation: { kind: 'markdown', value: documentation } }),
    ...(deprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(command && { command }),
  };
}

export function toHover(markdown: string, range: Range): Hover {
  return { contents: { kind: 'markdown', value: markdown }, range };
}

/** A request in the outline; `end` is the line's length. */
export function toRequestSymbol(name: string, detail: string, line: number, end: number): DocumentSymbol {
  const range = toRange({ line, start: 0, end });
  return { name, detail, kind: SymbolKind.Object, range, selectionRange: toRange({ line, start: 0, end: 0 }) };
}

export function toWorkspaceSymbol(uri: string, name: string, line: number): WorkspaceSymbol {
  return { name, kind: SymbolKind.Object, location: { uri, range: toRange({ line, start: 0, end: 0 }) } };
}

export function toLocation(uri: string, place: Pick<LocatedPlace, 'line' | 'start' | 'end'>): Location {
  return { uri, range: toRange(place) };
}

export function toHighlight(place: SymbolPlace): DocumentHighlight {
  return { range: toRange(place), kind: place.defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read };
}

export function toLink(
  place: Pick<LocatedPlace, 'line' | 'start' | 'end'>,
  target: string,
  tooltip: string,
): DocumentLink {
  return { range: toRange(place), target, tooltip };
}

/** Ranges of one line, each inside the one before, as one chain from the innermost out. */
export function toSelectionRange(
  line: number,
  ranges: readonly { readonly start: number; readonly end: number }[],
): SelectionRange {
  const [whole = { start: 0, end: 0 }, ...inner] = ranges;
  return inner.reduce<SelectionRange>((parent, { start, end }) => ({ range: toRange({ line, start, end }), parent }), {
    range: toRange({ line, ...whole }),
  });
}

export function toLens(line: number, command: Command): CodeLens {
  return { range: toRange({ line, start: 0, end: 0 }), command };
}

/** A hint behind the text of a line. */
export function toInlayHint(line: number, length: number, label: string, tooltip: string): InlayHint {
  return { position: { line, character: length }, label, tooltip, paddingLeft: true };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const ITEM_KIND = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  snippet: CompletionItemKind.Snippet,
} as const;

/** Rules whose findings are struck through: what they are about works, or worked, and goes away. */
const DEPRECATIONS: ReadonlySet<string> = new Set(['deprecated-model', 'retired-model']);
