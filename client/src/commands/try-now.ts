import * as vscode from 'vscode';
import type { App } from '../app';
import { findDestination } from '../destination';
import { judgementOf } from '../judgement';
import { reportRunError } from '../report';
import { targetFile } from '../target';
import { trialAnswer, trialQuestion, wholeFilePhrase } from '../text/trial';
import { chooseRequests } from '../trial/choose';
import { judgedTrials } from '../trial/judge';
import { sendTrials } from '../trial/send';
import { showFault } from '../trial/show-fault';

/** Sends requests alone and at standard price, after saying what that costs, and shows the answers beside. */
export async function tryNow(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  const chosen = file && (await chooseRequests(app, file, target));
  const judged = chosen && (await judgedTrials(app, file, chosen));
  const destination = judged && (await findDestination(app, file));
  if (!destination) return;
  const { message, detail, buttons } = trialQuestion(judged.trials, destination, judged.judgedBy);
  const agreed = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
  if (agreed === undefined) return;
  const { outcomes, error } = await sendTrials(judged, destination);
  if (outcomes.length > 0) {
    const { context } = await judgementOf(file, app.models.table);
    const answers = outcomes.map((outcome) => trialAnswer(outcome, context.models, destination.sandbox));
    const note = wholeFilePhrase(outcomes, app.server.summaryOf(file)?.estimate, context.models);
    await app.trials.show(answers.length === 1 ? `Trial of ${answers[0]?.customId}` : 'Trials', answers, note);
    showFault(file, outcomes);
  }
  if (error) await reportRunError(error, app.log, () => tryNow(app, target));
}
