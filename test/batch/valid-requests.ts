import fc from 'fast-check';
import type { Model } from '../../batch/cost/models';
import { bundledModels } from '../../batch/cost/models';
import type { JsonObject } from '../../batch/json';

/** A request that the API takes, and the version that it takes it under. */
export interface ValidRequest {
  readonly apiVersion: '2023-06-01' | '2026-10-21';
  readonly line: JsonObject;
}

/** Requests made from what the rules know: every model with what it takes, and conversations as they are held. */
export const validRequests: fc.Arbitrary<ValidRequest> = fc
  .record({
    model: fc.constantFrom(...bundledModels.models.filter(({ status }) => status !== 'retired')),
    apiVersion: fc.constantFrom('2023-06-01' as const, '2026-10-21' as const),
  })
  .chain(({ model, apiVersion }) =>
    fc
      .record({ custom_id: fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/), params: paramsFor(model, apiVersion) })
      .map((line) => ({ apiVersion, line })),
  );

function paramsFor(model: Model, apiVersion: ValidRequest['apiVersion']): fc.Arbitrary<JsonObject> {
  const choices = { thinking: thinkingOf(model), tools: optional(tools), served: fc.subarray(serverTools) };
  return fc.record(choices).chain(({ thinking, tools: given, served }) =>
    fc
      .record({
        base: fc.record({
          model: fc.constantFrom(model.id, ...model.aliases),
          max_tokens: fc.integer({ min: 2048, max: model.max_output_tokens }),
          messages: conversation(model, thinking, given ?? [], served),
        }),
        system: optional(fc.oneof(text, fc.array(textBlock, { minLength: 1, maxLength: 3 }))),
        tool_choice: given ? optional(toolChoice(model, thinking, given)) : absent,
        output_config: optional(outputConfig(model, thinking)),
        stop_sequences: optional(fc.array(text, { maxLength: 3 })),
        metadata: optional(fc.record({ user_id: optional(fc.string({ maxLength: 64 })) }).map(defined)),
        service_tier: optional(fc.constantFrom('auto', 'standard_only')),
        inference_geo: model.inference_geo ? optional(fc.constantFrom('us', 'global')) : absent,
        container: served.some(({ type }) => type === CODE) ? optional(fc.constant('container_011CPR5')) : absent,
        sampling: apiVersion === '2023-06-01' ? samplingOf(model, thinking) : fc.constant({}),
        cache: fc.constantFrom(undefined, '5m', '1h'),
      })
      .map(({ base, sampling, cache, ...others }) =>
        cached(defined({ ...base, ...sampling, ...others, thinking, tools: toolsOf(given, served) }), cache),
      ),
  );
}

const absent = fc.constant(undefined);

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

function defined(object: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as JsonObject;
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((it) => it.trim() !== '');
const textBlock = text.map((it) => ({ type: 'text', text: it }));
const name = fc.stringMatching(/^[A-Z0-9_-]{1,20}$/);

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const media = fc.constantFrom(
  { type: 'image', source: { type: 'base64', media_type: 'image/gif', data: GIF } },
  { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
  { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
  { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Hello' }, title: 'Greeting' },
  { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'Hello' }] }, context: 'A letter' },
  { type: 'image', source: { type: 'file', file_id: 'file_011CNha8' } },
  { type: 'search_result', title: 'Greetings', source: 'https://example.com', content: [{ type: 'text', text: 'Hi' }] },
);

type Thinking = JsonObject | undefined;

function thinkingOf({ thinking }: Model): fc.Arbitrary<Thinking> {
  const types = thinking?.accepts ?? ['disabled'];
  return optional(
    fc.constantFrom(...types).chain((type): fc.Arbitrary<JsonObject> => {
      if (type === 'enabled')
        return fc.record({ type: fc.constant(type), budget_tokens: fc.integer({ min: 1024, max: 2047 }) });
      if (type !== 'adaptive') return fc.constant({ type });
      return fc.constantFrom('summarized', 'omitted').map((display) => ({ type, display }));
    }),
  );
}

const isOn = (thinking: Thinking): boolean => thinking?.type === 'enabled' || thinking?.type === 'adaptive';
const isOff = (thinking: Thinking): boolean => thinking?.type === 'disabled' || thinking?.type === 'between_tools';

const tools = fc
  .uniqueArray(name, { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((it) => toolNamed(it))));

function toolsOf(given: readonly JsonObject[] | undefined, served: readonly JsonObject[]): JsonObject[] | undefined {
  const all = [...(given ?? []), ...served];
  return all.length > 0 ? all : undefined;
}

const CODE = 'code_execution_20250825';
const SEARCH = 'web_search_20250305';

/** Tools of Anthropic's that any model has. Their names are longer than those of the others. */
const serverTools: JsonObject[] = [
  { type: SEARCH, name: 'web_search', max_uses: 3, allowed_domains: ['example.com', 'example.org/docs'] },
  { type: 'web_fetch_20250910', name: 'web_fetch', blocked_domains: ['example.com'], citations: { enabled: true } },
  { type: CODE, name: 'code_execution' },
  { type: 'bash_20250124', name: 'bash' },
  { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: 1000 },
  { type: 'memory_20250818', name: 'memory' },
  { type: 'tool_search_tool_regex_20251119', name: 'tool_search_tool_regex' },
];

function toolNamed(called: string): fc.Arbitrary<JsonObject> {
  return fc
    .record({ description: optional(text), input_schema: objectSchema, strict: optional(fc.boolean()) })
    .map((tool) => defined({ name: called, ...tool }));
}

/** Schemas that structured outputs support. */
const { objectSchema } = fc.letrec<{ objectSchema: JsonObject; anySchema: JsonObject }>((tie) => ({
  objectSchema: fc
    .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('anySchema'), { maxKeys: 3, noNullPrototype: true })
    .map((properties) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    })),
  anySchema: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'schema' },
    fc.constantFrom<JsonObject>({ type: 'string' }, { type: 'integer' }, { type: 'boolean' }, { type: 'null' }),
    fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((values) => ({ type: 'string', enum: values })),
    tie('anySchema').map((items) => ({ type: 'array', items })),
    tie('objectSchema'),
  ),
}));

function toolChoice(model: Model, thinking: Thinking, given: readonly JsonObject[]): fc.Arbitrary<JsonObject> {
  const free: JsonObject[] = [{ type: 'auto' }, { type: 'none' }];
  const forced: JsonObject[] = [{ type: 'any' }, ...given.map((tool) => ({ type: 'tool', name: tool.name }))];
  const mayForce = model.forced_tool_choice && thinking?.type !== 'enabled';
  return fc.constantFrom(...free, ...(mayForce ? forced : []));
}

function outputConfig(model: Model, thinking: Thinking): fc.Arbitrary<JsonObject> {
  const most = isOff(thinking) ? model.thinking?.disabled_max_effort : undefined;
  const levels = model.effort?.slice(0, most ? model.effort.indexOf(most) + 1 : undefined) ?? [];
  return fc
    .record({
      effort: levels.length > 0 ? optional(fc.constantFrom(...levels)) : absent,
      format: optional(objectSchema.map((schema) => ({ type: 'json_schema', schema }))),
    })
    .map(defined);
}

function samplingOf(
  { sampling, temperature_with_top_p: together }: Model,
  thinking: Thinking,
): fc.Arbitrary<JsonObject> {
  if (sampling !== 'free' || isOn(thinking)) return fc.constantFrom({}, { temperature: 1 });
  return fc.oneof(
    fc.constant({}),
    fc.record({ temperature: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ top_p: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ top_k: fc.nat(500) }),
    ...(together ? [fc.constant({ temperature: 0.5, top_p: 0.5 })] : []),
  );
}

/** User and assistant in turn, with calls of the tools and their results between them; the user has the last word. */
function conversation(
  model: Model,
  thinking: Thinking,
  given: readonly JsonObject[],
  served: readonly JsonObject[],
): fc.Arbitrary<JsonObject[]> {
  const mayCall = given.length > 0 && thinking?.type !== 'enabled';
  const exchange = fc.oneof(
    fc.tuple(userTurn, assistantTurn).map(([user, assistant]) => [...user, assistant]),
    fc.tuple(userTurn, thoughtfulTurn).map(([user, assistant]) => [...user, assistant]),
    ...(mayCall ? [toolLoop(given)] : []),
    ...(served.some(({ type }) => type === SEARCH) ? [search] : []),
    ...(model.system_role_messages ? [systemTurn] : []),
  );
  return fc
    .tuple(fc.array(exchange, { maxLength: 3 }), userTurn)
    .map(([exchanges, last]) => numbered([...exchanges.flat(), ...last]));
}

const content = fc.oneof(text, fc.array(fc.oneof(textBlock, media), { minLength: 1, maxLength: 3 }));

/** Messages in a row with the same role are one turn. */
const userTurn = fc.array(
  content.map((it) => ({ role: 'user', content: it })),
  { minLength: 1, maxLength: 2 },
);
const assistantTurn = fc
  .oneof(text, fc.array(textBlock, { minLength: 1, maxLength: 2 }))
  .map((it) => ({ role: 'assistant', content: it }));
/** What the model thought, as it was received. */
const thoughtfulTurn = fc
  .tuple(fc.constantFrom('', 'Hm.'), fc.boolean(), textBlock)
  .map(([thought, isRedacted, said]) => ({
    role: 'assistant',
    content: [
      isRedacted
        ? { type: 'redacted_thinking', data: 'EmwKAhgBEgy3' }
        : { type: 'thinking', thinking: thought, signature: 'EqQBCkYIBxgCKkDa' },
      said,
    ],
  }));
const search = fc.tuple(userTurn, fc.boolean(), textBlock).map(([user, failed, said]) => [
  ...user,
  {
    role: 'assistant',
    content: [
      { type: 'server_tool_use', id: SERVED, name: 'web_search', input: { query: 'news' } },
      {
        type: 'web_search_tool_result',
        tool_use_id: SERVED,
        content: failed ? { type: 'web_search_tool_result_error', error_code: 'unavailable' } : [],
      },
      said,
    ],
  },
]);
const systemTurn = fc
  .tuple(userTurn, text, assistantTurn)
  .map(([user, said, assistant]) => [...user, { role: 'system', content: said }, assistant]);

function toolLoop(given: readonly JsonObject[]): fc.Arbitrary<JsonObject[]> {
  const called = fc.array(fc.constantFrom(...given), { minLength: 1, maxLength: 3 });
  return fc.tuple(userTurn, called, optional(textBlock), assistantTurn).map(([user, all, said, answer]) => {
    const uses = all.map((tool) => ({ type: 'tool_use', id: ID, name: tool.name, input: {} }));
    const results = all.map((_, index) => ({ type: 'tool_result', tool_use_id: ID, ...OUTCOMES[index % 3] }));
    return [
      ...user,
      { role: 'assistant', content: uses },
      { role: 'user', content: [...results, ...(said ? [said] : [])] },
      answer,
    ];
  });
}

const OUTCOMES: readonly JsonObject[] = [
  { content: 'Done' },
  { content: [{ type: 'image', source: { type: 'base64', media_type: 'image/gif', data: GIF } }] },
  { is_error: true },
];

/** Stands for an id until all calls are known. */
const ID = '';
/** The same of a call that ran at Anthropic's. */
const SERVED = 'served';

/** Gives each call an id of its own, and each result that of its call. */
function numbered(messages: readonly JsonObject[]): JsonObject[] {
  const next = { tool_use: 0, tool_result: 0, served: 0 };
  return messages.map((message) => {
    if (!Array.isArray(message.content)) return message;
    const blocks = message.content.map((block) => {
      if (block.id === SERVED) return { ...block, id: `srvtoolu_${++next.served}` };
      if (block.tool_use_id === SERVED) return { ...block, tool_use_id: `srvtoolu_${next.served}` };
      if (block.type === 'tool_use') return { ...block, id: `toolu_${next.tool_use++}` };
      return block.type === 'tool_result' ? { ...block, tool_use_id: `toolu_${next.tool_result++}` } : block;
    });
    return { ...message, content: blocks };
  });
}

/** With breakpoints of one lifetime, or first of the longer: on the tools, on the system prompt, or of the whole request. */
function cached(params: JsonObject, ttl: '5m' | '1h' | undefined): JsonObject {
  if (ttl === undefined) return params;
  const mark = (block: JsonObject): JsonObject => ({ ...block, cache_control: { type: 'ephemeral', ttl } });
  const marked = { ...params };
  if (Array.isArray(params.tools))
    marked.tools = [{ ...params.tools[0], cache_control: LONG }, ...params.tools.slice(1)];
  if (!Array.isArray(params.system)) return mark(marked);
  return { ...marked, system: params.system.map(mark) };
}

const LONG = { type: 'ephemeral', ttl: '1h' };
