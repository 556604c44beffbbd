import type { ModelTable } from '../../../batch/cost/models';
import { count, usd } from '../../../batch/wording';
import type { ResultRow } from '../../../runs/result';
import { costOfUsage } from '../../../runs/usage-cost';
import type { AnswerView, Fact } from '../webview/messages';

/** A part of an answer before it is rendered: `markdown` still is Markdown. */
export interface AnswerBlock {
  readonly kind: 'markdown' | 'text';
  readonly title: string;
  readonly content: string;
}

export type Answer = Omit<AnswerView, 'blocks'> & { readonly blocks: readonly AnswerBlock[] };

type Message = Extract<ResultRow['result'], { type: 'succeeded' }>['message'];

/** What the results file says of one request; `row` is null where it says nothing. `place` is where the request stands. */
export function answerOf(customId: string, place: string, row: ResultRow | null, models: ModelTable): Answer {
  const base = { customId, place, notice: '', facts: [], blocks: [] };
  if (!row)
    return {
      ...base,
      state: 'absent',
      headline: 'No result',
      notice: 'The results file has no row with this custom_id.',
    };
  const { result } = row;
  switch (result.type) {
    case 'succeeded':
      return { ...base, ...answered(result.message, models) };
    case 'errored':
      return { ...base, state: 'failed', headline: 'Failed', ...failure(result.error) };
    case 'expired':
      return {
        ...base,
        state: 'expired',
        headline: 'Expired',
        notice: 'The batch ended before this request was answered; it is not billed.',
      };
    case 'canceled':
      return {
        ...base,
        state: 'canceled',
        headline: 'Canceled',
        notice: 'The batch was canceled before this request was answered; it is not billed.',
      };
    default:
      return { ...base, state: 'failed', headline: 'Unknown result', blocks: [json('The row', row)] };
  }
}

function answered(
  message: Message,
  models: ModelTable,
): Pick<Answer, 'state' | 'headline' | 'notice' | 'facts' | 'blocks'> {
  const { stop_reason, content, usage, model } = message;
  const cost = usage && costOfUsage(model, usage, models);
  const facts: readonly (Fact | null)[] = [
    { label: 'Model', value: String(model) },
    { label: 'Stop reason', value: String(stop_reason) },
    usage ? { label: 'Tokens', value: tokensPhrase(usage) } : null,
    { label: 'Cost', value: typeof cost === 'number' ? usd(cost) : 'no price is known' },
  ];
  return {
    state: 'answered',
    headline: 'Answered',
    notice: NOTICES[String(stop_reason)] ?? '',
    facts: facts.filter((fact) => fact !== null),
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

function failure(error: {
  readonly error?: { readonly type?: string; readonly message?: string };
  readonly request_id?: string | null;
}): Pick<Answer, 'notice' | 'facts'> {
  const facts: Fact[] = [{ label: 'Error', value: error.error?.type ?? 'unknown' }];
  if (error.request_id) facts.push({ label: 'Request ID', value: error.request_id });
  return { notice: error.error?.message ?? 'The API gave no message.', facts };
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
