import path from 'node:path';
import { count, usd } from '../../../batch/wording';
import { deadlinesPhrase } from '../../../runs/deadlines';
import { inputErrorPhrase } from '../../../runs/report';
import type { RequestCounts, Run, RunState } from '../../../runs/run';
import {
  ageOf,
  amiss,
  countsPhrase,
  doneOf,
  elapsed,
  isOpen,
  isRunning,
  nameOf,
  outcomePhrase,
  STATE_WORDS,
} from '../../../runs/run-words';
import { hostOf, tailPhrase } from './destination';
import type { Status } from './file-status';
import { plainMarkdown } from './plain';

/** How a run stands in the list of batches: `icon` is a codicon, `color` a theme colour, `tooltip` Markdown. */
export interface RunRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | undefined;
  readonly tooltip: string;
  readonly spoken: string;
}

/** Why a run does not go on from here, as a sentence; undefined where it does. */
export function runTrouble(
  run: Run,
  { isTrusted, fetches }: { readonly isTrusted: boolean; readonly fetches: boolean },
): string | undefined {
  if (!isRunning(run)) return undefined;
  if (!isTrusted) return 'Not watched from here: this workspace is not trusted.';
  if (run.state === 'ended' && !fetches) return 'Its results are not fetched by themselves: run "Fetch Results".';
  return run.reach?.message;
}

/** It goes on only when a person has done something about it. */
const isPaused = ({ reach }: Run): boolean =>
  reach !== null && ['auth', 'permission', 'not-found'].includes(reach.kind);

/** `now` in ms since 1970; `trouble` is why the run does not go on from here at the moment: a sentence. */
export function runRow(run: Run, now: number, trouble?: string): RunRow {
  const paused = trouble && isPaused(run) ? [inside(trouble)] : [];
  const facts = [...paused, countsPhrase(run), ageOf(run, now)];
  const [icon, color] = look(run, trouble);
  return {
    label: nameOf(run),
    description: facts.join(' · '),
    icon,
    color,
    tooltip: runMarkdown(run, now, trouble),
    spoken: [nameOf(run), STATE_WORDS[run.state], ...facts, ...(trouble && !isPaused(run) ? [trouble] : [])].join(', '),
  };
}

/** The status-bar item while `runs` go on; undefined when there are none. */
export function runStatus(runs: readonly Run[], now: number): Status | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const sandbox = runs.every((run) => run.sandbox) ? ' · sandbox' : '';
  const what = runs.length > 1 ? `${runs.length} batches${sandbox}` : `${nameOf(first)}: ${countsPhrase(first)}`;
  const since = elapsed(now - Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt))));
  return {
    text: `$(sync~spin) ${what} · ${since}`,
    tooltip: runs.map((run) => runMarkdown(run, now)).join('\n\n---\n\n'),
    spoken: `Message Batches: ${what}, for ${since}`,
  };
}

const WARNING = 'problemsWarningIcon.foreground';
const ICONS: Readonly<Record<RunState, readonly [icon: string, color?: string]>> = {
  sending: ['cloud-upload'],
  partial: ['question', WARNING],
  'not-sent': ['circle-slash'],
  uncertain: ['question', WARNING],
  in_progress: ['sync~spin'],
  canceling: ['sync~spin'],
  ended: ['cloud-download'],
  fetched: ['pass', 'testing.iconPassed'],
  lost: ['warning', WARNING],
};

function look(run: Run, trouble: string | undefined): readonly [icon: string, color?: string] {
  if (trouble && isOpen(run)) return ['debug-disconnect', WARNING];
  return run.outcome && amiss(run.outcome).length > 0 ? ['warning', WARNING] : ICONS[run.state];
}

/** A sentence as a part of another: `paused: needs the key "team" for api.anthropic.com` */
const inside = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');

function runMarkdown(run: Run, now: number, trouble?: string): string {
  const { batch, betas, outcome } = run;
  const facts = [
    `${run.batch && !run.attempt ? 'Attached; created' : 'Submitted'} ${ageOf(run, now)} to ${wherePhrase(run)}, API version ${run.apiVersion}${betas.length > 0 ? `, betas ${betas.join(', ')}` : ''}`,
    accountPhrase(run),
    batch && `Batch ${plainMarkdown(batch.id)}`,
    batch && isOpen(run) && progressPhrase(batch.request_counts),
    costPhrase(run),
    inputErrorPhrase(run),
    `Results: ${plainMarkdown(path.basename(run.resultsPath))}`,
  ];
  const heading = `**${plainMarkdown(path.basename(run.source))}** · ${outcome ? outcomePhrase(outcome) : STATE_WORDS[run.state]}`;
  const list = facts.filter(Boolean).map((fact) => `- ${fact}`);
  const deadlines = deadlinesPhrase(run, now);
  const why = trouble && plainMarkdown(trouble);
  const goesOn = run.state === 'ended' ? '' : ' The batch goes on all the same.';
  const nobody = why && deadlines ? `${why}${goesOn} ${deadlines}` : why;
  return [heading, list.join('\n'), nobody ?? deadlines, run.problem && plainMarkdown(run.problem.message)]
    .filter(Boolean)
    .join('\n\n');
}

/** Whose it is, as the API's answer said. */
function accountPhrase({ account }: Run): string | null {
  const organization = account?.organization && `organization ${plainMarkdown(account.organization)}`;
  const workspace = account?.workspace && `workspace ${plainMarkdown(account.workspace)}`;
  const all = [organization, workspace].filter(Boolean);
  return all.length > 0 ? `In ${all.join(', ')}` : null;
}

function wherePhrase({ sandbox, baseUrl, key }: Run): string {
  return sandbox ? 'the sandbox' : plainMarkdown(`${hostOf(baseUrl)} with key "${key.name}"${tailPhrase(key.tail)}`);
}

/** The API's counts may stay 0 until the batch has ended: then nothing is said that looks like progress. */
function progressPhrase(counts: RequestCounts): string {
  const done = doneOf(counts);
  return done > 0 ? `${count(done)} done, ${count(counts.processing)} to go` : `${count(counts.processing)} processing`;
}

function costPhrase({ outcome, estimateUsd, sandbox }: Run): string | null {
  if (outcome && outcome.usd !== null) {
    const estimated = estimateUsd === null ? '' : `, estimated ${usd(estimateUsd)}`;
    return `${sandbox ? 'Would have cost' : 'Cost'} ${usd(outcome.usd)}${estimated}`;
  }
  return estimateUsd === null ? null : `${sandbox ? 'Would cost' : 'Estimated at'} ${usd(estimateUsd)}`;
}
