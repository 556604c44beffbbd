import { applyEdits, format } from 'jsonc-parser';
import type { RequestEstimate } from '../../../batch/cost/estimate';
import { total } from '../../../batch/cost/totals';
import { isArray, isObject, type Json, type JsonObject } from '../../../batch/json';
import { count, errorPhrase, usd } from '../../../batch/wording';
import { jsonText, structureIn } from '../../../results/json-text';
import { concernSentence, OUTCOME_LABELS, type Outcome } from '../../../results/outcome';
import type { RowFacts, Tokens } from '../../../results/row-facts';
import { visible } from '../../../results/visible';
import type { AnswerView, Fact } from '../webview/messages';

/** A part of an answer before it is rendered: `markdown` still is Markdown. */
export interface AnswerBlock {
  readonly kind: 'markdown' | 'text';
  readonly title: string;
  readonly content: string;
  readonly folded: boolean;
}

export type Answer = Omit<AnswerView, 'blocks'> & { readonly blocks: readonly AnswerBlock[] };

/** Which row is looked at, and where it came from. */
export interface Asked {
  /** 0-based, of its request; undefined where that is not known. */
  readonly line: number | undefined;
  /** Its results came from the sandbox. */
  readonly sandbox: boolean;
  /** What the other attempts at this request came to, oldest first. */
  readonly earlier?: readonly RowFacts[];
  /** Why it does not fit the JSON that was asked for, null where it does; undefined where nothing is known. */
  readonly misfit?: string | null | undefined;
  /** What was expected of its request. */
  readonly estimate?: RequestEstimate | null;
}

/** Longer texts are shown in part: a page that holds megabytes in one line stands still. */
const LONGEST_SHOWN = 100_000;

/** What is said in the place of answers. */
export const noResultsYet = (name: string): string => `There are no results of ${name} yet.`;

/** What the results say of one request. `value` is the row as it was parsed: nothing about it is sure. */
export function answerOf(row: RowFacts, value: unknown, asked: Asked): Answer {
  const { outcome } = row;
  const place = asked.line === undefined ? '' : `line ${asked.line + 1}`;
  return {
    customId: visible(row.customId ?? 'No custom_id'),
    place: [asked.sandbox ? 'sandbox' : '', place].filter(Boolean).join(' · '),
    outcome,
    headline: OUTCOME_LABELS[outcome],
    notice: visible(noticeOf(row)),
    facts: [
      ...factsOf(row, value, asked.sandbox),
      ...estimateFacts(row, asked.estimate ?? null),
      ...fitFacts(asked.misfit),
      ...attemptsOf(asked.earlier ?? []),
    ].map(shownFact),
    blocks: blocksOf(outcome, value).map(shownBlock),
  };
}

const NOTICES: Readonly<Record<Outcome, string>> = {
  answered: '',
  suspicious: 'This is no whole answer.',
  failed: 'The API gave no message.',
  expired: 'The batch ended before this request was answered; it is not billed.',
  canceled: 'The batch was canceled before this request was answered; it is not billed.',
  missing: 'The results file has no row with this custom_id.',
  unreadable: 'This line of the results file is no result that is known.',
};

/** Why a row is not simply an answer; empty where it is. */
export function noticeOf({ outcome, stopReason, fault }: RowFacts): string {
  if (outcome === 'suspicious') return concernSentence(stopReason) ?? NOTICES.suspicious;
  return fault?.message ?? NOTICES[outcome];
}

function factsOf({ outcome, stopReason, fault, model, tokens, usd: cost }: RowFacts, value: unknown, sandbox: boolean) {
  if (fault) {
    const requestId = requestIdOf(value);
    return [{ label: 'Error', value: fault.type }, ...(requestId ? [{ label: 'Request ID', value: requestId }] : [])];
  }
  if (outcome !== 'answered' && outcome !== 'suspicious') return [];
  return [
    { label: 'Model', value: model ?? 'not said' },
    { label: 'Stop reason', value: stopReason ?? 'not said' },
    ...(tokens ? [{ label: 'Tokens', value: tokensPhrase(tokens) }] : []),
    { label: sandbox ? 'Would cost' : 'Cost', value: cost === null ? 'no price is known' : usd(cost) },
  ];
}

/** Beside what was billed: `≈ $0.0012 · 1,020 tokens in, 2.1 % too low` */
function estimateFacts({ tokens, usd: billed }: RowFacts, estimate: RequestEstimate | null): Fact[] {
  if (!tokens || !estimate?.usd || billed === null) return [];
  const { inputTokens, usd: cost } = estimate;
  const error = inputTokens.expected / (tokens.input + tokens.cacheRead + tokens.cacheWritten) - 1;
  const off = Number.isFinite(error) ? `, ${errorPhrase(error)}` : '';
  return [
    { label: 'Estimated', value: `≈ ${usd(total(cost).expected)} · ${count(inputTokens.expected)} tokens in${off}` },
  ];
}

function fitFacts(misfit: string | null | undefined): Fact[] {
  if (misfit === undefined) return [];
  return [{ label: 'Schema', value: misfit === null ? 'fits' : `does not fit: ${misfit}` }];
}

function attemptsOf(earlier: readonly RowFacts[]): Fact[] {
  return earlier.map((row, index) => ({
    label: `Attempt ${index + 1}`,
    value: [OUTCOME_LABELS[row.outcome], noticeOf(row)].filter(Boolean).join(': '),
  }));
}

function requestIdOf(value: unknown): string | null {
  const result = isObject(value) && isObject(value.result) ? value.result : {};
  const error = isObject(result.error) ? result.error : {};
  return typeof error.request_id === 'string' ? error.request_id : null;
}

function blocksOf(outcome: Outcome, value: unknown): AnswerBlock[] {
  if (outcome === 'unreadable' && value !== undefined) return [json('The row', value)];
  const result = isObject(value) && isObject(value.result) ? value.result : {};
  const content = isObject(result.message) ? result.message.content : undefined;
  return isArray(content) ? content.flatMap(blockOf) : [];
}

function blockOf(block: Json): AnswerBlock[] {
  if (!isObject(block)) return [json('Block', block)];
  const { type, text, thinking, citations } = block;
  if (type === 'text' && typeof text === 'string') {
    const cited = isArray(citations) && citations.length > 0 ? [citationsBlock(citations)] : [];
    return [textBlock(text), ...cited];
  }
  if (type === 'thinking' && typeof thinking === 'string') {
    return [{ kind: 'text', title: 'Thinking', content: thinking || 'Not shown by the API.', folded: true }];
  }
  if (type === 'redacted_thinking') return [{ kind: 'text', title: 'Thinking', content: 'Redacted.', folded: true }];
  if (typeof type === 'string' && type.endsWith('tool_use')) return [json(`Tool call: ${block.name}`, block.input)];
  return [json(typeof type === 'string' ? type : 'Block', block, true)];
}

/** What was asked for as JSON is no Markdown; its own characters are shown, over many lines. */
function textBlock(text: string): AnswerBlock {
  if (text.length > LONGEST_SHOWN || structureIn(text) === undefined)
    return { kind: 'markdown', title: '', content: text, folded: false };
  const content = applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 }));
  return { kind: 'text', title: '', content, folded: false };
}

function citationsBlock(citations: readonly Json[]): AnswerBlock {
  const lines = citations.map(
    (citation, index) => `[${index + 1}] ${isObject(citation) ? citationPhrase(citation) : ''}`,
  );
  return { kind: 'text', title: `Citations (${citations.length})`, content: lines.join('\n'), folded: false };
}

/** `Annual report, page 3 – “…” – https://…`, of what the citation has. */
function citationPhrase({ document_title, title, cited_text, url, start_page_number }: JsonObject): string {
  const name = [document_title ?? title, start_page_number === undefined ? undefined : `page ${start_page_number}`];
  const quoted = typeof cited_text === 'string' ? `“${cited_text.trim()}”` : undefined;
  return [name.filter(Boolean).join(', '), quoted, url].filter(Boolean).join(' – ');
}

function tokensPhrase({ input, cacheRead, cacheWritten, output }: Tokens): string {
  const parts = [
    `${count(input)} in`,
    ...(cacheRead > 0 ? [`${count(cacheRead)} from the cache`] : []),
    ...(cacheWritten > 0 ? [`${count(cacheWritten)} into the cache`] : []),
    `${count(output)} out`,
  ];
  return parts.join(', ');
}

const shownFact = ({ label, value }: Fact): Fact => ({ label, value: visible(value) });

function shownBlock({ kind, title, content, folded }: AnswerBlock): AnswerBlock {
  if (content.length <= LONGEST_SHOWN) return { kind, title: visible(title), content: visible(content), folded };
  const rest = count(content.length - LONGEST_SHOWN);
  const beginning = `${visible(content.slice(0, LONGEST_SHOWN))}\n… and ${rest} more characters; Copy Answer takes all of them.`;
  return { kind: 'text', title: visible(title), content: beginning, folded };
}

const json = (title: string, value: unknown, folded = false): AnswerBlock => ({
  kind: 'text',
  title,
  content: jsonText(value, 2),
  folded,
});
