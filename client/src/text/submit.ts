import path from 'node:path';
import { costPhrase, count, counted, size } from '../../../batch/wording';
import type { FileCheck } from '../../../files/file-check';
import { faultPhrase, SETTINGS_FILE, type SettingsFault } from '../../../files/settings-file';
import type { Run } from '../../../runs/run';
import { whenStarted } from '../../../runs/run-words';
import { type DestinationFacts, destinationPhrase } from './destination';

/** A modal question; the first button is the default, "Cancel" is the editor's own. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export const SHOW_COST = 'Show Cost Breakdown';
export const SHOW_PROBLEMS = 'Show Problems';
export const SUBMIT_ANYWAY = 'Submit Anyway…';
export const OVER_BUDGET = 'Go On Over Budget…';
export const OPEN_SETTINGS = 'Open message-batches.json';

export interface Confirmation {
  /** Absolute path of the batch file. */
  readonly source: string;
  readonly check: FileCheck;
  readonly destination: DestinationFacts;
  /** Absolute path. */
  readonly resultsPath: string;
  /** Null where no Git is there to ask. */
  readonly ignoredByGit: boolean | null;
  /** Ids of requests that were taken out of the file that a person wanted to submit. */
  readonly leftOut: readonly string[];
  /** The run of the very same body that a person wants to buy once more. */
  readonly earlier: Run | null;
  /** It is more than one batch holds, or is to hold. */
  readonly several: boolean;
}

/** What is asked once, before anything is sent. */
export function confirmation(facts: Confirmation): Question {
  const requests = counted(facts.check.requests, 'request');
  const again = facts.earlier ? ' again' : '';
  const message = `Submit ${requests}${facts.destination.sandbox ? ' to the sandbox' : ''}${again}?`;
  return { message, detail: detailLines(facts).join('\n'), buttons: [submitButton(facts), SHOW_COST] };
}

/** `Submit 40,000 Requests` */
export function submitButton({
  check,
  destination,
  earlier,
}: Pick<Confirmation, 'check' | 'destination' | 'earlier'>): string {
  const again = earlier ? ' Again' : '';
  if (destination.sandbox) return `Submit to the Sandbox${again}`;
  return `Submit ${count(check.requests)} ${check.requests === 1 ? 'Request' : 'Requests'}${again}`;
}

function detailLines(facts: Confirmation): string[] {
  const { check, destination } = facts;
  const { apiVersion, betas } = check.judgedBy;
  return [
    [path.basename(facts.source), size(check.bytes), modelsPhrase(check.models)].filter(Boolean).join(' · '),
    ...(facts.several ? ['It goes over as several batches of one run.'] : []),
    costLine(check, destination.sandbox),
    `${destinationPhrase(destination)} · API version ${apiVersion} · ${betas.length > 0 ? `betas ${betas.join(', ')}` : 'no betas'}`,
    `Results: ${resultsPhrase(facts)}`,
    ...(facts.earlier ? [againPhrase(facts.earlier, destination.sandbox)] : []),
    ...(facts.leftOut.length > 0 ? [`Left out: ${list(facts.leftOut)}`] : []),
    ...(check.counts.warning > 0 ? [`${counted(check.counts.warning, 'warning')} in the Problems view.`] : []),
  ];
}

function againPhrase(run: Run, sandbox: boolean): string {
  const sent = `The same requests were sent at ${whenStarted(run)} as run ${run.id}`;
  return sandbox ? `${sent}.` : `${sent}: submitting again is billed again.`;
}

function costLine({ estimate }: FileCheck, sandbox: boolean): string {
  const unpriced = estimate.unpricedRequests;
  if (!estimate.usd) return 'No price is known for what this costs.';
  const phrase = sandbox ? `would cost: ${costPhrase(estimate.usd)}` : costPhrase(estimate.usd);
  return capitalized(unpriced > 0 ? `${phrase}, without ${counted(unpriced, 'request')} of unknown price` : phrase);
}

function resultsPhrase({ source, resultsPath, ignoredByGit }: Confirmation): string {
  const name = path.relative(path.dirname(source), resultsPath) || resultsPath;
  return ignoredByGit === null ? name : `${name} (${ignoredByGit ? '' : 'not '}ignored by Git)`;
}

/** Shown instead of all others where the settings at `path` hold what is not understood. */
export function settingsQuestion(path: string, faults: readonly SettingsFault[]): Question {
  const said = faults.map((fault) => faultPhrase(SETTINGS_FILE, fault));
  return {
    message: `Mend ${SETTINGS_FILE} first: a part of it is not understood.`,
    detail: [path, ...said.slice(0, 8), 'Nothing was sent.'].join('\n'),
    buttons: [OPEN_SETTINGS],
  };
}

/** Asked when the check found errors, instead of the confirmation. `names` are the ids, or lines, of the requests with errors. */
export function problemsQuestion(check: FileCheck, names: readonly string[]): Question {
  const refused = check.refusedLines.length;
  const rest = check.requests - refused;
  const whole = check.refusedAtCreate
    ? 'The API would refuse the whole batch.'
    : 'The API would answer these with errors.';
  return {
    message:
      refused > 0
        ? `${counted(refused, 'request')} of ${count(check.requests)} ${refused === 1 ? 'has' : 'have'} errors.`
        : 'The file has errors.',
    detail: refused > 0 ? `${whole}\n${list(names)}` : whole,
    buttons: [
      SHOW_PROBLEMS,
      ...(refused > 0 && rest > 0 ? [withoutButton(check)] : []),
      ...(check.refusedAtCreate ? [] : [SUBMIT_ANYWAY]),
    ],
  };
}

/** `Submit 39,997 Without These` */
export function withoutButton({ requests, refusedLines }: FileCheck): string {
  return `Submit ${count(requests - refusedLines.length)} Without These`;
}

/** Names of the refused lines: the `custom_id` where the problems tell it, else the 1-based line. */
export function refusedNames({ refusedLines, problems }: FileCheck): string[] {
  const ids = new Map(problems.map(({ line, customId }) => [line, customId]));
  return refusedLines.map((line) => ids.get(line) ?? `line ${line + 1}`);
}

/** Why a file holds nothing to check, estimate or submit, as a sentence; undefined where it does. */
export function nothingToSubmit(name: string, { kind, requests, problems }: FileCheck): string | undefined {
  if (kind === 'results') return `${name} holds results, not requests: open the file that was submitted.`;
  if (kind === 'batch' && requests > 0) return undefined;
  const fault = problems.find(({ finding }) => finding.severity === 'error');
  if (fault) return `${name}: ${fault.finding.message}`;
  if (kind !== 'batch') return `${name} is no batch file: every line must be {"custom_id": …, "params": …}.`;
  return `${name} has no requests yet.`;
}

function modelsPhrase(models: FileCheck['models']): string {
  const names = models
    .slice(0, 3)
    .map(({ model, requests }) => (models.length > 1 ? `${model} (${count(requests)})` : model));
  return names.join(', ') + (models.length > 3 ? ` and ${models.length - 3} more` : '');
}

function list(names: readonly string[], shown = 8): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${count(rest)} more` : '');
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
