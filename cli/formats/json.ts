import { type EstimateTotals, total } from '../../batch/cost/totals';
import { jsonPointer, type Severity } from '../../batch/finding';
import type { Problem } from '../../batch/problems';
import type { JudgedBy } from '../../files/file-check';
import type { Judged, Unreadable } from '../judge';
import { NOTHING_SENT } from '../terminal';
import { type Format, isJudged } from './report';

/** The report as one object, for programs: lines and columns 1-based, columns in UTF-16 units, USD. */
export const json: Format = ({ files }) =>
  `${JSON.stringify({ files: files.map(fileOf), judgedBy: judgedByOf(files), sent: NOTHING_SENT.sent }, null, 2)}\n`;

/** What the first file was judged by: the others differ only where another settings file lies nearer to them. */
export function judgedByOf(files: readonly (Judged | Unreadable)[]) {
  const judged = files.find(isJudged);
  return judged ? shownJudgedBy(judged.check.judgedBy) : null;
}

function fileOf(file: Judged | Unreadable) {
  if (!isJudged(file)) return file;
  const { path, check, tooExpensive } = file;
  return {
    path,
    requests: check.requests,
    bytes: check.bytes,
    omitted: check.omitted,
    diagnostics: check.problems.map(diagnosticOf),
    estimate: estimateOf(check.estimate),
    tooExpensive,
    judgedBy: shownJudgedBy(check.judgedBy),
  };
}

interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** A JSON pointer into the line; null where the finding stands on text rather than on a value. */
  readonly path: string | null;
  readonly customId: string | null;
}

function diagnosticOf({ line, start, end, finding, customId }: Problem): Diagnostic {
  const { severity, rule, message, place } = finding;
  return {
    line: line + 1,
    column: start + 1,
    endLine: line + 1,
    endColumn: end + 1,
    severity,
    code: rule,
    message,
    path: place.at === 'text' ? null : jsonPointer(place.path),
    customId,
  };
}

/** Tokens and USD of a file; input and output of a price together. */
export function estimateOf({ inputTokens, outputTokens, usd, standardUsd, unpricedRequests }: EstimateTotals) {
  return {
    inputTokens,
    outputTokens,
    usd: usd && total(usd),
    standardUsd: standardUsd && total(standardUsd),
    unpricedRequests,
  };
}

function shownJudgedBy({ apiVersion, betas, models, settings }: JudgedBy) {
  return { apiVersion, betas, models, settings };
}
