import type { ModelTable } from '../../../batch/cost/models';
import { count, usd } from '../../../batch/wording';
import type { ResultRow } from '../../../runs/result';
import { costOfUsage } from '../../../runs/usage-cost';
import type { AnswerView } from '../webview/messages';

/** A part of an answer before it is rendered: `markdown` still is Markdown. */
export interface AnswerBlock {
  readonly kind: 'markdown' | 'text';
  readonly title: string;
  readonly content: string;
}

export type Answer = Omit<AnswerView, 'blocks'> & { readonly blocks: readonly AnswerBlock[] };

type Message = Extract<ResultRow['result'], { type: 'succeeded' }>['message'];

/** Which request is looked at. */
export interface Asked {
  readonly customId: string;
  /** 0-based. */
  readonly line: number;
  /** Its results came from the sandbox. */
  readonly sandbox: boolean;
}

/** What is said in the place of answers. */
export const noResultsYet = (name: string): string => `There are no results of ${name} yet.`;

type Said = Pick<Answer, 'state' | 'headline'> & Partial<Answer>;

/** What the results file says of one request; `row` is null where it says nothing. */
export function answerOf({ customId, line, sandbox }: Asked, row: ResultRow | null, models: ModelTable): Answer {
  const place = `${sandbox ? 'sandbox · ' : ''}line ${line + 1}`;
  return { customId, place, notice: '', facts: [], blocks: [], ...(row ? said(row, sandbox, models) : ABSENT) };
}

const ABSENT: Said = {
  state: 'absent',
  headline: 'No result',
  notice: 'The results file has no row with this custom_id.',
};
const EXPIRED: Said = {
  state: 'expired',
  headline: 'Expired',
  notice: 'The batch ended before this request was answered; it is not billed.',
};
const CANCELED: Said = {
  state: 'canceled',
  headline: 'Canceled',
  notice: 'The batch was canceled before this request was answered; it is not billed.',
};

function said(row: ResultRow, sandbox: boolean, models: ModelTable): Said {
  const { result } = row;
  switch (result.type) {
    case 'succeeded':
      return answered(result.message, sandbox, models);
    case 'errored':
      return failed(result.error);
    case 'expired':
      return EXPIRED;
    case 'canceled':
      return CANCELED;
    default:
      return { state: 'failed', headline: 'Unknown result', blocks: [json('The row', row)] };
  }
}

function answered({ stop_reason, content, usage, model }: Message, sandbox: boolean, models: ModelTable): Said {
  const cost = usage && costOfUsage(model, usage, models);
  return {
    state: 'answered',
    headline: 'Answered',
    notice: NOTICES[String(stop_reason)] ?? '',
    facts: [
      { label: 'Model', value: String(model) },
      { label: 'Stop reason', value: String(stop_reason) },
      ...(usage ? [{ label: 'Tokens', value: tokensPhrase(usage) }] : []),
      { label: sandbox ? 'Would cost' : 'Cost', value: typeof cost === 'number' ? usd(cost) : 'no price is known' },
    ],
    blocks: (content ?? []).map(blockOf),
  };
}

/** Rows that count as a success and hold less than a person expects: https://platform.claude.com/docs/en/api/handling-stop-reasons */
const NOTICES: Readonly<Record<string, string>> = {
  max_tokens: 'The answer was cut off at max_tokens.',
  refusal: 'The model refused to answer.',
  model_context_window_exceeded: 'The answer was cut off at the end of the context window.',
  pause_turn: 'The model paused a long turn: send the answer back to let it go on.',
};

function blockOf(block: Message['content'][number]): AnswerBlock {
  switch (block.type) {
    case 'text':
      return { kind: 'markdown', title: '', content: block.text };
    case 'thinking':
      return { kind: 'text', title: 'Thinking', content: block.thinking };
    case 'redacted_thinking':
      return { kind: 'text', title: 'Thinking', content: 'Redacted.' };
    case 'tool_use':
    case 'server_tool_use':
      return json(`Tool call: ${block.name}`, block.input);
    default:
      return json(block.type, block);
  }
}

type RowError = Extract<ResultRow['result'], { type: 'errored' }>['error'];

function failed({ error, request_id }: RowError): Said {
  return {
    state: 'failed',
    headline: 'Failed',
    notice: error?.message ?? 'The API gave no message.',
    facts: [
      { label: 'Error', value: error?.type ?? 'unknown' },
      ...(request_id ? [{ label: 'Request ID', value: request_id }] : []),
    ],
  };
}

function tokensPhrase(usage: Message['usage']): string {
  const cached = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  const parts = [
    `${count(usage.input_tokens)} in`,
    ...(cached > 0 ? [`${count(cached)} from the cache`] : []),
    ...(written > 0 ? [`${count(written)} into the cache`] : []),
    `${count(usage.output_tokens)} out`,
  ];
  return parts.join(', ');
}

const json = (title: string, value: unknown): AnswerBlock => ({
  kind: 'text',
  title,
  content: JSON.stringify(value, null, 2),
});
