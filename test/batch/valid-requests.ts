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
  return fc.record({ thinking: thinkingOf(model), tools: optional(tools) }).chain(({ thinking, tools: given }) =>
    fc
      .record({
        base: fc.record({
          model: fc.constantFrom(model.id, ...model.aliases),
          max_tokens: fc.integer({ min: 2048, max: model.max_output_tokens }),
          messages: conversation(model, thinking, given ?? []),
        }),
        system: optional(fc.oneof(text, fc.array(textBlock, { minLength: 1, maxLength: 3 }))),
        tool_choice: given ? optional(toolChoice(model, thinking, given)) : absent,
        output_config: optional(outputConfig(model, thinking)),
        stop_sequences: optional(fc.array(text, { maxLength: 3 })),
        metadata: optional(fc.record({ user_id: fc.string({ maxLength: 64 }) })),
        service_tier: optional(fc.constantFrom('auto', 'standard_only')),
        inference_geo: model.inference_geo ? optional(fc.constant('us')) : absent,
        sampling: apiVersion === '2023-06-01' ? samplingOf(model, thinking) : fc.constant({}),
        cache: fc.constantFrom(undefined, '5m', '1h'),
      })
      .map(({ base, sampling, cache, ...others }) =>
        cached(defined({ ...base, ...sampling, ...others, thinking, tools: given }), cache),
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
const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/);

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const media = fc.constantFrom(
  { type: 'image', source: { type: 'base64', media_type: 'image/gif', data: GIF } },
  { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
  { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
  { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Hello' }, title: 'Greeting' },
);

type Thinking = JsonObject | undefined;

function thinkingOf({ thinking }: Model): fc.Arbitrary<Thinking> {
  const types = thinking?.accepts ?? ['disabled'];
  return optional(
    fc.constantFrom(...types).chain((type): fc.Arbitrary<JsonObject> => {
      if (type === 'enabled')
        return fc.record({ type: fc.constant(type), budget_tokens: fc.integer({ min: 1024, max: 2047 }) });
      return fc.constant({ type });
    }),
  );
}

const isOn = (thinking: Thinking): boolean => thinking?.type === 'enabled' || thinking?.type === 'adaptive';
const isOff = (thinking: Thinking): boolean => thinking?.type === 'disabled' || thinking?.type === 'between_tools';

const tools = fc
  .uniqueArray(name, { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((it) => toolNamed(it))));

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

function samplingOf({ sampling }: Model, thinking: Thinking): fc.Arbitrary<JsonObject> {
  if (sampling !== 'free' || isOn(thinking)) return fc.constantFrom({}, { temperature: 1 });
  return fc.oneof(
    fc.constant({}),
    fc.record({ temperature: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ top_p: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ top_k: fc.nat(500) }),
  );
}

/** User and assistant in turn, with calls of the tools and their results between them; the user has the last word. */
function conversation(model: Model, thinking: Thinking, given: readonly JsonObject[]): fc.Arbitrary<JsonObject[]> {
  const mayCall = given.length > 0 && thinking?.type !== 'enabled';
  const exchange = fc.oneof(
    fc.tuple(userTurn, assistantTurn).map(([user, assistant]) => [...user, assistant]),
    ...(mayCall ? [toolLoop(given)] : []),
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
const systemTurn = fc
  .tuple(userTurn, text, assistantTurn)
  .map(([user, said, assistant]) => [...user, { role: 'system', content: said }, assistant]);

function toolLoop(given: readonly JsonObject[]): fc.Arbitrary<JsonObject[]> {
  const called = fc.array(fc.constantFrom(...given), { minLength: 1, maxLength: 3 });
  return fc.tuple(userTurn, called, optional(textBlock), assistantTurn).map(([user, all, said, answer]) => {
    const uses = all.map((tool) => ({ type: 'tool_use', id: ID, name: tool.name, input: {} }));
    const results = all.map(() => ({ type: 'tool_result', tool_use_id: ID, content: 'Done' }));
    return [
      ...user,
      { role: 'assistant', content: uses },
      { role: 'user', content: [...results, ...(said ? [said] : [])] },
      answer,
    ];
  });
}

/** Stands for an id until all calls are known. */
const ID = '';

/** Gives each call an id of its own, and each result that of its call. */
function numbered(messages: readonly JsonObject[]): JsonObject[] {
  const next = { tool_use: 0, tool_result: 0 };
  return messages.map((message) => {
    if (!Array.isArray(message.content)) return message;
    const blocks = message.content.map((block) => {
      if (block.type === 'tool_use') return { ...block, id: `toolu_${next.tool_use++}` };
      return block.type === 'tool_result' ? { ...block, tool_use_id: `toolu_${next.tool_result++}` } : block;
    });
    return { ...message, content: blocks };
  });
}

/** With breakpoints of one lifetime on the first blocks of the system prompt: fewer than a request takes. */
function cached(params: JsonObject, ttl: '5m' | '1h' | undefined): JsonObject {
  if (ttl === undefined || !Array.isArray(params.system)) return params;
  const system = params.system.map((block) => ({ ...block, cache_control: { type: 'ephemeral', ttl } }));
  return { ...params, system };
}
