import type { LineAnalysis } from './analysis';
import type { Context } from './context';
import type { Fix } from './edit';
import { type Finding, type Path, type Place, type Severity, WHOLE_LINE } from './finding';
import { foreignShape, foreignShapeMessage } from './foreign-shape';
import { isObject, type Json, type JsonObject } from './json';
import { MAX_DEPTH } from './limits';
import { remembered } from './remembered';
import { isLong, NO_ADDITION, type SizeParts, sized, sizeParts } from './request-size';
import { lineRules, sizeRules, textRules } from './rules';
import { bareCr, bareCrMessage } from './rules/bare-cr';
import { blankLine, blankLineMessage } from './rules/blank-line';
import { BYTE_ORDER_MARK, byteOrderMark, byteOrderMarkMessage } from './rules/byte-order-mark';
import { foreignShape as foreignShapeRule } from './rules/foreign-shape';
import { explainInvalidJson, invalidJson } from './rules/invalid-json';
import { invalidUtf8, invalidUtf8Message } from './rules/invalid-utf8';
import { notAnObject, notAnObjectMessage } from './rules/not-an-object';
import type { BatchRequest, Report, RequestSize, RuleInfo } from './rules/rule';
import { tooDeep, tooDeepMessage } from './rules/too-deep';
import { shapeFindings } from './schema/shape-findings';
import { scanText } from './text-scan';
import { utf8Length } from './utf8';

/** What the reader of a line knows beside its text. */
export interface LineReading {
  /** Its size in UTF-8, where it is known. */
  readonly bytes?: number;
  /** A byte order mark stood before it. */
  readonly mark?: boolean;
  /** It ends with a carriage return alone. */
  readonly bareCr?: boolean;
  /** Its bytes were no UTF-8; `text` has replacement characters for them. */
  readonly invalidUtf8?: boolean;
}

/** Judges one line (without its terminator) on its own. Never throws, whatever the text. */
export function analyseLine(text: string, context: Context, reading: LineReading = {}): LineAnalysis {
  return analysisOf(text, judgeLine(text, context, reading), context, reading);
}

/** What is known of a line of which all is said but what the rules about sizes say. */
export function analysisOf(
  text: string,
  { findings, request }: JudgedLine,
  context: Context,
  reading: LineReading = {},
): LineAnalysis {
  if (isBlank(text)) return { kind: 'blank', findings };
  const bytes = bytesSent(text, reading.bytes ?? utf8Length(text));
  if (!request) return { kind: 'invalid', findings, bytes };
  const { customId, model, size: parts } = request;
  const { estimate, size } = sized(parts, context.models, NO_ADDITION);
  const ofSize = size && request.isJudged ? sizeFindings(size, context) : NO_FINDINGS;
  const prefixes = parts.beginnings && { ...parts.beginnings, isLong: isLong(parts, estimate) };
  const facts = { customId, model, estimate, prefixes };
  return { kind: 'request', findings: together(findings, ofSize), bytes, facts };
}

/** What is found in a line but by the rules about sizes. */
export interface JudgedLine {
  readonly findings: readonly Finding[];
  /** Undefined where it is no JSON object. */
  readonly request: Request | undefined;
}

/** What a line that is a JSON object says of itself. */
export interface Request {
  readonly customId: string | undefined;
  readonly model: string | undefined;
  readonly size: SizeParts;
  /** It has `params`, and is no request of another provider. */
  readonly isJudged: boolean;
}

/** All that is found in a line but by the rules about sizes. Never throws, whatever the text. */
export function judgeLine(text: string, context: Context, reading: LineReading = {}): JudgedLine {
  const findings = findingsFor(context);
  if (reading.mark) findings.add(byteOrderMark, { at: 'text', start: 0, end: 1 }, byteOrderMarkMessage);
  if (reading.bareCr) findings.add(bareCr, endOf(text), bareCrMessage);
  if (reading.invalidUtf8) findings.add(invalidUtf8, replacementIn(text), invalidUtf8Message);
  if (isBlank(text)) {
    findings.add(blankLine, WHOLE_LINE, blankLineMessage, [
      { title: 'Remove the Blank Line', edits: [{ op: 'remove-line' }], preferred: true },
    ]);
    return { findings: findings.take(), request: undefined };
  }
  const value = parseLine(text, findings);
  const request = value && judgeRequest(value, context, findings);
  return { findings: findings.take(), request };
}

/** What the rules about sizes find. */
export function sizeFindings(size: RequestSize, context: Context): readonly Finding[] {
  const findings = findingsFor(context);
  for (const rule of sizeRules) rule.check(size, findings.reporter(rule));
  return findings.take();
}

/** What is found in a line and by its size, in this order. */
export function together(found: readonly Finding[], ofSize: readonly Finding[]): readonly Finding[] {
  return ofSize.length === 0 ? found : [...found, ...ofSize];
}

/** What is said, once, of a file that is of another shape. */
export function foreignFindings(shape: string, context: Context): readonly Finding[] {
  const findings = findingsFor(context);
  findings.add(foreignShapeRule, { at: 'text', start: 0, end: 1 }, foreignShapeMessage(shape));
  return findings.take();
}

/** What is said, once, of a file whose bytes are no UTF-8 text at all. */
export function notTextFindings(encoding: string, context: Context): readonly Finding[] {
  const findings = findingsFor(context);
  findings.add(invalidUtf8, { at: 'text', start: 0, end: 1 }, `This file is ${encoding}; a batch file is UTF-8 text.`);
  return findings.take();
}

/** Whether a line holds nothing that would be sent. */
export function isBlank(text: string): boolean {
  return text.length === 0 || /^\uFEFF?[ \t]*$/.test(text);
}

/** The value of a line that is a JSON object; otherwise undefined, and a finding says why. */
function parseLine(text: string, findings: Findings): JsonObject | undefined {
  const scan = scanText(text, MAX_DEPTH);
  for (const rule of textRules) rule.check(text, scan, findings.reporter(rule));
  if (scan.depth > MAX_DEPTH) {
    findings.add(tooDeep, { at: 'text', start: 0, end: text.length }, tooDeepMessage);
    return undefined;
  }
  const value = parseJson(text);
  if (value === undefined) {
    const { place, message, fixes } = explainInvalidJson(withoutMark(text));
    findings.add(invalidJson, place, message, fixes);
    return undefined;
  }
  // It became infinity, of which nothing true can be said.
  if (scan.hugeNumber) return undefined;
  if (isObject(value)) return value;
  findings.add(notAnObject, WHOLE_LINE, notAnObjectMessage(value));
  return undefined;
}

function judgeRequest(value: JsonObject, context: Context, findings: Findings): Request {
  const foreign = foreignShape(value);
  if (foreign) findings.add(foreignShapeRule, WHOLE_LINE, foreignShapeMessage(foreign));
  else for (const finding of shapeFindings(value)) findings.push(finding);
  const params = isObject(value.params) ? value.params : NO_PARAMS;
  const isJudged = !foreign && params !== NO_PARAMS;
  if (isJudged) applyRules({ custom_id: value.custom_id, params }, context, findings);
  return {
    customId: typeof value.custom_id === 'string' ? value.custom_id : undefined,
    model: typeof params.model === 'string' ? params.model : undefined,
    size: sizeParts(params, context.models),
    isJudged,
  };
}

const NO_PARAMS: JsonObject = {};

/** What the line rules say of a request, whatever its shape: for one that is still to be written. */
export function ruleFindings(request: BatchRequest, context: Context): readonly Finding[] {
  const findings = findingsFor(context);
  applyRules(request, context, findings);
  return findings.take();
}

function applyRules(request: BatchRequest, context: Context, findings: Findings): void {
  for (const rule of lineRules) rule.check(request, context, findings.reporter(rule));
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(withoutMark(text)) as Json;
  } catch {
    return undefined;
  }
}

/** A space in its stead keeps every offset. */
function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text;
}

/** The mark is not sent: three bytes in UTF-8. */
function bytesSent(text: string, bytes: number): number {
  return text.startsWith(BYTE_ORDER_MARK) ? bytes - 3 : bytes;
}

function endOf(text: string): Place {
  return { at: 'text', start: Math.max(0, text.length - 1), end: text.length };
}

function replacementIn(text: string): Place {
  const start = Math.max(0, text.indexOf('\uFFFD'));
  return { at: 'text', start, end: start + 1 };
}

/** Collects the findings of one line at a time, at the severity that the settings give their rules. */
class Findings {
  #list: Finding[] = [];
  readonly #reporters = new Map<RuleInfo, Report>();

  constructor(readonly context: Context) {}

  add(rule: RuleInfo, place: Place, message: string, fixes: readonly Fix[] = [], severity = rule.severity): void {
    this.push({ rule: rule.id, severity, message, place, fixes });
  }

  push(finding: Finding): void {
    const severity = severityOf(finding.rule, finding.severity, this.context);
    if (severity !== 'off') this.#list.push(severity === finding.severity ? finding : { ...finding, severity });
  }

  /** What was found, for the last time. */
  take(): readonly Finding[] {
    if (this.#list.length === 0) return NO_FINDINGS;
    const list = this.#list;
    this.#list = [];
    return list;
  }

  reporter(rule: RuleInfo): Report {
    const made = this.#reporters.get(rule);
    if (made) return made;
    const as: Report['as'] = (severity, where, message, ...fixes) =>
      this.add(rule, placeOf(where), message, fixes, severity);
    const report: Report = Object.assign<(...args: Parameters<Report>) => void, Pick<Report, 'as'>>(
      (where, message, ...fixes) => as(rule.severity, where, message, ...fixes),
      { as },
    );
    this.#reporters.set(rule, report);
    return report;
  }
}

/** A context judges many lines: its reporters are made once. */
const findingsFor = remembered((context: Context) => new Findings(context));

const NO_FINDINGS: readonly Finding[] = [];

/** The severity that the settings give a rule, or its own. */
export function severityOf(rule: string, own: Severity, context: Context): Severity | 'off' {
  return context.severities[rule] ?? own;
}

function placeOf(where: Path | Place): Place {
  return isPath(where) ? { at: 'value', path: where } : where;
}

function isPath(where: Path | Place): where is Path {
  return Array.isArray(where);
}
