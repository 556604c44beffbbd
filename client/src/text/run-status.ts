import path from 'node:path';
import { count, usd } from '../../../batch/wording';
import { inputErrorPhrase } from '../../../runs/report';
import type { RequestCounts, Run, RunState } from '../../../runs/run';
import {
  ageOf,
  amiss,
  countsPhrase,
  doneOf,
  elapsed,
  isOpen,
  nameOf,
  outcomePhrase,
  STATE_WORDS,
} from '../../../runs/run-words';
import { hostOf, tailPhrase } from './destination';
import type { Status } from './file-status';

/** How a run stands in the list of batches: `icon` is a codicon, `color` a theme colour, `tooltip` Markdown. */
export interface RunRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | undefined;
  readonly tooltip: string;
  readonly spoken: string;
}

/** `now` in ms since 1970; `trouble` is why the run cannot be followed at the moment, its `reach`: a sentence. */
export function runRow(run: Run, now: number, trouble?: string): RunRow {
  const facts = [countsPhrase(run), ageOf(run, now)];
  const [icon, color] = look(run, trouble);
  return {
    label: nameOf(run),
    description: facts.join(' · '),
    icon,
    color,
    tooltip: runMarkdown(run, now, trouble),
    spoken: [nameOf(run), STATE_WORDS[run.state], ...facts, ...(trouble ? [trouble] : [])].join(', '),
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

function runMarkdown(run: Run, now: number, trouble?: string): string {
  const { batch, betas, outcome } = run;
  const facts = [
    `Submitted ${ageOf(run, now)} to ${wherePhrase(run)}, API version ${run.apiVersion}${betas.length > 0 ? `, betas ${betas.join(', ')}` : ''}`,
    batch && `Batch \`${batch.id}\``,
    batch && isOpen(run) && progressPhrase(batch.request_counts),
    costPhrase(run),
    inputErrorPhrase(run),
    `Results: \`${path.basename(run.resultsPath)}\``,
  ];
  const heading = `**${path.basename(run.source)}** · ${outcome ? outcomePhrase(outcome) : STATE_WORDS[run.state]}`;
  const list = facts.filter(Boolean).map((fact) => `- ${fact}`);
  return [heading, list.join('\n'), trouble, run.problem?.message].filter(Boolean).join('\n\n');
}

function wherePhrase({ sandbox, baseUrl, key }: Run): string {
  return sandbox ? 'the sandbox' : `${hostOf(baseUrl)} with key "${key.name}"${tailPhrase(key.tail)}`;
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
