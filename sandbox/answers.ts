import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { fractionOf, hash32 } from './seed';

/** What nobody can take for a real answer begins with this. */
const MARK = '[sandbox]';

const SENTENCES = [
  'No model has read your request and nothing was billed.',
  'A real answer would be here, in the same place and the same shape.',
  'Its length is made up, and so are its tokens.',
  'Submit the same file with an API key to get a real one.',
  'The same request gets this answer every time.',
];

/** Roughly what a token of English prose holds. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * A Messages API message for a request that a real model would have answered: the same for the same request, cut at
 * `max_tokens` as the real one would be. `model` is the full id, `inputTokens` the estimate for the prompt.
 */
export function answerTo(params: JsonObject, model: string, inputTokens: number, customId: string) {
  const seed = `${model} ${customId}`;
  const whole = wholeAnswer(params, seed);
  const tokens = Math.ceil(whole.length / CHARACTERS_PER_TOKEN);
  const maxTokens = typeof params.max_tokens === 'number' ? params.max_tokens : tokens;
  const isCut = tokens > maxTokens;
  const text = isCut ? whole.slice(0, Math.max(MARK.length, maxTokens * CHARACTERS_PER_TOKEN)) : whole;
  return {
    id: `msg_sandbox_${hash32(seed).toString(36).padStart(7, '0')}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text }],
    stop_reason: isCut ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: usage(inputTokens, Math.min(tokens, maxTokens), seed),
  };
}

/** The prompt's tokens as billed lie a few percent around their estimate, as they do in life. */
function usage(inputTokens: number, outputTokens: number, seed: string) {
  return {
    input_tokens: Math.max(1, Math.round(inputTokens * (0.97 + 0.06 * fractionOf(seed)))),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    service_tier: 'batch',
  };
}

function wholeAnswer(params: JsonObject, seed: string): string {
  const asked = lastUserText(params.messages).replace(/\s+/g, ' ').trim();
  const quoted = asked.length > 80 ? `${asked.slice(0, 79)}…` : asked;
  const sentences = SENTENCES.slice(0, 1 + (hash32(seed) % SENTENCES.length));
  return [MARK, quoted === '' ? 'An answer.' : `An answer to “${quoted}”.`, ...sentences].join(' ');
}

/** The last text that the user wrote, or nothing. */
function lastUserText(messages: Json | undefined): string {
  if (!isArray(messages)) return '';
  const content = messages.findLast((message) => isObject(message) && message.role === 'user');
  return isObject(content) ? textOf(content.content) : '';
}

function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  const block = isArray(content) ? content.findLast((one) => isObject(one) && one.type === 'text') : undefined;
  return isObject(block) && typeof block.text === 'string' ? block.text : '';
}
