import { SEVERITIES } from '../../batch/finding';
import type { Problem } from '../../batch/problems';
import { shown } from '../../batch/rules/read';
import { costPhrase, counted, size } from '../../batch/wording';
import type { FileCheck } from '../../files/file-check';
import type { Judged, Unreadable } from '../judge';
import { type Format, isJudged } from './report';

/** The report for people: a line per problem, as compilers write them, one line per file, and what it was judged by. */
export const text: Format = ({ files }) => {
  const judgedBy = new Set(files.filter(isJudged).map(({ check }) => judgedByPhrase(check)));
  return [...files.map(fileText), ...[...judgedBy].map((phrase) => `${phrase}\n`)].join('');
};

function fileText(file: Judged | Unreadable): string {
  if (!isJudged(file)) return `${file.path}: ${file.error}\n`;
  const { path, check, tooExpensive } = file;
  const lines = [...check.problems.map((problem) => problemLine(path, problem)), summary(path, check)];
  return `${[...lines, ...(tooExpensive ? [`${path}: ${tooExpensive}`] : [])].join('\n')}\n`;
}

/** `tickets.jsonl:12:34: error: max_tokens is … [max-tokens] (ticket-11)` */
function problemLine(path: string, { line, start, finding, customId }: Problem): string {
  const { severity, message, rule } = finding;
  const request = customId === null ? '' : ` (${idPhrase(customId)})`;
  return `${path}:${line + 1}:${start + 1}: ${severity}: ${message} [${rule}]${request}`;
}

/** What is no id may be long, and may hold what a terminal obeys: it is written as JSON, and cut. */
function idPhrase(customId: string): string {
  return /^[\w-]{1,64}$/.test(customId) ? customId : shown(customId);
}

function summary(path: string, check: FileCheck): string {
  if (check.kind === 'results') return `${path}: results, not requests; not judged.`;
  if (check.kind === 'none') return `${path}: no batch file; not judged.`;
  if (check.requests === 0) return `${path}: 0 requests · ${countsPhrase(check)}`;
  const cost = check.estimate.usd ? costPhrase(check.estimate.usd) : 'no price is known';
  return `${path}: ${counted(check.requests, 'request')} · ${size(check.bytes)} · ${cost} · ${countsPhrase(check)}`;
}

/** `3 errors, 1 warning`, or `no problems` */
export function countsPhrase({ counts }: Pick<FileCheck, 'counts'>): string {
  const said = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => {
    return severity === 'information' ? `${counts[severity]} information` : counted(counts[severity], severity);
  });
  return said.length > 0 ? said.join(', ') : 'no problems';
}

function judgedByPhrase({ judgedBy: { apiVersion, betas, models, settings } }: FileCheck): string {
  const declared = betas.length > 0 ? `betas ${betas.join(', ')}` : 'no betas';
  return `Judged by API version ${apiVersion}, ${declared}, models of ${models}${settings ? `, ${settings}` : ''}.`;
}
