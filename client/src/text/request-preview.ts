import type { Context } from '../../../batch/context';
import { type Cost, estimateOf, estimateParts, type RequestEstimate } from '../../../batch/cost/estimate';
import { estimateInputTokens } from '../../../batch/cost/tokens';
import { describedBase64 } from '../../../batch/excerpt/hidden-data';
import { isArray, isObject, type Json, type JsonObject } from '../../../batch/json';
import { base64Fault } from '../../../batch/media/base64';
import { IMAGE_TYPES } from '../../../batch/media/image-header';
import { count, counted, range, usd } from '../../../batch/wording';

/** A request as a person reads it. */
export interface RequestPreview {
  readonly title: string;
  /** Model, limits, and what it is estimated to cost. */
  readonly facts: readonly string[];
  readonly parts: readonly PreviewPart[];
}

/** The system prompt, a message, or the tools. */
export interface PreviewPart {
  readonly title: string;
  /** Its tokens, and what they cost in a batch. */
  readonly size: string;
  readonly blocks: readonly PreviewBlock[];
}

export type PreviewBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly title: string; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'image'; readonly source: string; readonly text: string };

/** Longer texts are shown in part. */
const LONGEST_SHOWN = 100_000;

/** What a request line holds; undefined where it is no request. */
export function requestPreview(line: unknown, context: Context): RequestPreview | undefined {
  if (!isObject(line) || !isObject(line.params)) return undefined;
  const { params } = line;
  const estimate = estimateOf(estimateParts(params, context.models), context.models);
  const { inputTokens, outputTokens, usd: cost } = estimate;
  return {
    title: typeof line.custom_id === 'string' ? line.custom_id : 'No custom_id',
    facts: [
      `${String(params.model)}, at most ${counted(Number(params.max_tokens) || 0, 'token')} of answer`,
      `Input ${range(inputTokens)} tokens, output ≈ ${count(outputTokens.expected)}${costPhrase(cost)}`,
    ],
    parts: sectionsOf(params).map(({ title, alone, blocks }) => ({
      title,
      size: sizeOf(tokensOf(alone, params, context), estimate),
      blocks,
    })),
  };
}

/** A part of a request, and the same as the only thing in a request, by which it is measured. */
interface Section extends Omit<PreviewPart, 'size'> {
  readonly alone: JsonObject;
}

function sectionsOf({ system, messages, tools }: JsonObject): Section[] {
  const conversation = objects(messages).map((message, i) => ({
    title: `${i + 1}. ${titleCase(String(message.role))}`,
    alone: { messages: [message] },
    blocks: blocksOf(message.content),
  }));
  const declared = objects(tools);
  return [
    ...(system === undefined ? [] : [{ title: 'System prompt', alone: { system }, blocks: blocksOf(system) }]),
    ...conversation,
    ...(declared.length === 0
      ? []
      : [
          { title: counted(declared.length, 'tool'), alone: { tools: declared }, blocks: declared.flatMap(toolBlocks) },
        ]),
  ];
}

function tokensOf(alone: JsonObject, { model: name }: JsonObject, { models }: Context): number {
  const model = typeof name === 'string' ? models.find(name) : undefined;
  return Math.max(0, estimateInputTokens(alone, model).expected - estimateInputTokens({}, model).expected);
}

function toolBlocks({ name, type, description, input_schema: schema }: JsonObject): PreviewBlock[] {
  const said = typeof description === 'string' ? `: ${description}` : '';
  return [
    { kind: 'text', text: `${String(name ?? type)}${said}` },
    ...(schema === undefined ? [] : [code('Input', schema)]),
  ];
}

function blocksOf(content: Json | undefined): PreviewBlock[] {
  if (typeof content === 'string') return [text(content)];
  return objects(content).flatMap(blockOf);
}

function blockOf(block: JsonObject): PreviewBlock[] {
  switch (block.type) {
    case 'text':
      return [text(String(block.text))];
    case 'thinking':
      return [{ kind: 'note', text: 'Thinking' }, text(String(block.thinking))];
    case 'tool_use':
      return [code(`Calls ${String(block.name)}`, block.input)];
    case 'tool_result':
      return [{ kind: 'note', text: `Result of ${String(block.tool_use_id)}` }, ...blocksOf(block.content)];
    case 'image':
    case 'document':
      return mediumOf(String(block.type), isObject(block.source) ? block.source : {});
    default:
      return [code(String(block.type), block)];
  }
}

/** A picture is shown where it is in the line; nothing is loaded from anywhere. */
function mediumOf(
  type: string,
  { media_type: mediaType, data, url, file_id: file, content, ...source }: JsonObject,
): PreviewBlock[] {
  if (source.type === 'text' && typeof data === 'string') return [{ kind: 'note', text: 'Document' }, text(data)];
  if (content !== undefined) return [{ kind: 'note', text: 'Document' }, ...blocksOf(content)];
  if (typeof data !== 'string') return [{ kind: 'note', text: `${titleCase(type)}: ${String(url ?? file)}` }];
  const about = describedBase64(data, String(mediaType)) ?? `${String(mediaType)} that is no base64`;
  const isShown = IMAGE_TYPES.some((known) => known === mediaType) && base64Fault(data) === undefined;
  return isShown
    ? [{ kind: 'image', source: `data:${String(mediaType)};base64,${data}`, text: about }]
    : [{ kind: 'note', text: `${titleCase(type)}: ${about}` }];
}

function text(value: string): PreviewBlock {
  const more = value.length - LONGEST_SHOWN;
  return { kind: 'text', text: more > 0 ? `${value.slice(0, LONGEST_SHOWN)}… ${count(more)} characters more` : value };
}

function code(title: string, value: Json | undefined): PreviewBlock {
  return { ...text(JSON.stringify(value, null, 2) ?? ''), kind: 'code', title } as PreviewBlock;
}

/** Each token has its share of what the whole input costs. */
function sizeOf(tokens: number, { inputTokens, usd: cost }: RequestEstimate): string {
  const share = cost && (tokens * cost.input.expected) / Math.max(1, inputTokens.expected);
  return `≈ ${counted(tokens, 'token')}${share === null ? '' : `, ${usd(share)}`}`;
}

function costPhrase(cost: Cost | null): string {
  if (!cost) return '; no price is known';
  return `; in a batch ≈ ${usd(cost.input.expected)} in, ≈ ${usd(cost.output.expected)} out`;
}

const titleCase = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function objects(value: Json | undefined): JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}
