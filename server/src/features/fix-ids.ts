import { type CodeAction, CodeActionKind, type Command } from 'vscode-languageserver';
import { toTextChanges } from '../../../batch/apply-edits';
import type { Fix } from '../../../batch/edit';
import type { Problem } from '../../../batch/problems';
import { customId } from '../../../batch/rules/custom-id';
import { duplicateCustomId } from '../../../batch/rules/duplicate-custom-id';
import { idEdit, idToMend, type Renaming, uniqueIds } from '../../../batch/unique-ids';
import { counted } from '../../../batch/wording';
import type { ClientFeatures } from '../client-features';
import type { BatchDocument } from '../documents';
import { ClientCommand, type RenamedIds } from '../protocol';
import { toDiagnostic, toQuickFix, toTextEdits, toWorkspaceEdit } from '../to-lsp';

/** Whether a problem is about an id: what mends one must know all others. */
export function isAboutId({ finding }: Problem): boolean {
  return finding.rule === customId.id || finding.rule === duplicateCustomId.id;
}

/** For each id among the problems a new one that no other request has, and the same for all ids of the file. */
export function idFixes(document: BatchDocument, problems: readonly Problem[], client: ClientFeatures): CodeAction[] {
  if (problems.length === 0) return [];
  const all = renamings(document);
  const single = problems.flatMap((problem): CodeAction[] => {
    const renaming = all.find(({ line }) => line === problem.line);
    if (!renaming) return [];
    const fix: Fix = { title: `Change to "${renaming.to}"`, edits: [idEdit(renaming)] };
    const action = toQuickFix(fix, toDiagnostic(problem, document.uri, client.rulesDocs));
    return [{ ...action, edit: toWorkspaceEdit(document, textEdits(document, [renaming]), client) }];
  });
  const title = `Make All custom_ids Valid and Unique in ${counted(all.length, 'request')}`;
  const data = { uri: document.uri, rule: ALL_IDS, title };
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, data };
  return [...single, client.resolvesEdits ? action : resolveIdFix(action, document, client)];
}

/** Whether an action to be resolved is the one for all ids. */
export function isForAllIds({ data }: CodeAction): boolean {
  return (data as { rule?: string }).rule === ALL_IDS;
}

const ALL_IDS = 'all-custom-ids';

/** Makes the edit of the action for all ids, and has the client write the old and the new ones to a file. */
export function resolveIdFix(action: CodeAction, document: BatchDocument, client: ClientFeatures): CodeAction {
  const all = renamings(document);
  const edit = toWorkspaceEdit(document, textEdits(document, all), client, action.title);
  const argument: RenamedIds = { uri: document.uri, renamings: all };
  const command: Command = { title: action.title, command: ClientCommand.writeRenamedIds, arguments: [argument] };
  return { ...action, edit, ...(client.commands && { command }) };
}

function renamings(document: BatchDocument): Renaming[] {
  const ids = document.lines.map(({ text }, line) => document.factsAt(line)?.customId ?? idToMend(text));
  return uniqueIds(ids, { illegal: true, repeated: true });
}

function textEdits(document: BatchDocument, all: readonly Renaming[]) {
  return all.flatMap((renaming) =>
    toTextEdits(renaming.line, toTextChanges(document.lineText(renaming.line), [idEdit(renaming)])),
  );
}
