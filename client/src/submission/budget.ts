import * as vscode from 'vscode';
import { overBudget } from '../../../batch/cost/budget';
import type { FileCheck } from '../../../files/file-check';
import type { App } from '../app';
import { judgementOf } from '../judgement';
import { OVER_BUDGET, SHOW_COST } from '../text/submit';

/** Whether a file may be submitted by what `maxCost` allows, or a person says so all the same. */
export async function isWithinBudget(
  { models, runs }: Pick<App, 'models' | 'runs'>,
  file: vscode.Uri,
  check: FileCheck,
): Promise<boolean> {
  const { maxCost, context } = await judgementOf(file, models.table, await runs.learned());
  const refusal = maxCost === null ? null : overBudget(check, maxCost, context.models);
  if (refusal === null) return true;
  const detail = `${refusal}\nNothing was sent.`;
  const answer = await vscode.window.showWarningMessage(
    'It could cost more than is allowed.',
    { modal: true, detail },
    // The first is the one that a hasty Enter takes.
    SHOW_COST,
    OVER_BUDGET,
  );
  if (answer === SHOW_COST) await vscode.commands.executeCommand('messageBatches.showCostBreakdown', file);
  return answer === OVER_BUDGET;
}
