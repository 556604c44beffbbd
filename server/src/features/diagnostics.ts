import type { Connection } from 'vscode-languageserver';
import type { Problem } from '../../../batch/problems';
import type { BatchDocument } from '../documents';
import { toDiagnostic } from '../to-lsp';

/** Owner of what is shown for each URI, whether it was found in an open document or on disk. */
export class Diagnostics {
  readonly #shown = new Map<string, readonly Problem[]>();
  readonly #due = new Map<string, BatchDocument>();

  constructor(
    private readonly connection: Connection,
    private readonly rulesDocs: string,
  ) {}

  /** Shows a document's problems once the changes that have arrived together are all made. */
  schedule(document: BatchDocument): void {
    if (!this.#due.has(document.uri)) setImmediate(() => this.#run(document.uri));
    this.#due.set(document.uri, document);
  }

  /** The problems of a document as it is now, among those that are shown. */
  of(document: BatchDocument): readonly Problem[] {
    if (this.#due.has(document.uri)) this.#run(document.uri);
    return this.#shown.get(document.uri) ?? [];
  }

  /** Sent for the first time, and then when something of it has changed; `document` is what they were found in. */
  show(uri: string, problems: readonly Problem[], document?: BatchDocument): void {
    const before = this.#shown.get(uri);
    this.#shown.set(uri, problems);
    const isKnown = before?.length === problems.length && problems.every((problem, i) => isSame(problem, before[i]));
    if (isKnown && !document?.isReflowed) return;
    const found = problems.map((problem) => toDiagnostic(problem, uri, this.rulesDocs));
    const diagnostics = document?.inDocument(found) ?? found;
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(document && { version: document.version }) });
  }

  /** Nothing is shown any more. */
  clear(uri: string): void {
    this.#due.delete(uri);
    if (this.#shown.has(uri)) this.show(uri, []);
    this.#shown.delete(uri);
  }

  #run(uri: string): void {
    const document = this.#due.get(uri);
    this.#due.delete(uri);
    if (!document?.judgement) return;
    const problems = [...document.problems().problems, ...document.apiProblems()];
    // What is none of our business is not even said to be well.
    if (document.kind === 'batch' || problems.length > 0 || this.#shown.has(uri)) this.show(uri, problems, document);
  }
}

/** Whether a client would see no difference. */
function isSame(a: Problem, b: Problem | undefined): boolean {
  return (
    b !== undefined &&
    isAtSamePlace(a, b) &&
    a.finding.message === b.finding.message &&
    a.finding.rule === b.finding.rule &&
    a.finding.severity === b.finding.severity &&
    a.related.length === b.related.length &&
    a.related.every((place, i) => isAtSamePlace(place, b.related[i]))
  );
}

function isAtSamePlace(a: Omit<Place, 'message'>, b: Omit<Place, 'message'> | undefined): boolean {
  return a.line === b?.line && a.start === b.start && a.end === b.end;
}

type Place = Problem['related'][number];
