import { bundledModels } from '../../batch/cost/models';

/** Lines as programs write them, of many shapes; `model` is any that is known. */
export function conversationLines(): string[] {
  const models = bundledModels.models.map(({ id }) => id);
  const lines = models.flatMap((model) =>
    SHAPES.map((params, i) => ({ custom_id: `r-${i}`, params: { model, ...params } })),
  );
  const plain = lines.map((line) => JSON.stringify(line));
  const spaced = lines.map((line) => JSON.stringify(line, null, 1).replaceAll(/\n\s*/g, ' '));
  const turned = lines.map(({ custom_id, params }) =>
    JSON.stringify({ params: Object.fromEntries(Object.entries(params).reverse()), custom_id }),
  );
  return [...plain, ...spaced, ...turned];
}

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });
const text = (text: string, more: object = {}) => ({ type: 'text', text, ...more });
const mark = { cache_control: { type: 'ephemeral' } };
const call = (id: string, input: unknown) => ({ type: 'tool_use', id, name: 'find', input });
const answer = (tool_use_id: string, content: unknown) => ({ type: 'tool_result', tool_use_id, content });
const tools = [{ name: 'find', input_schema: { type: 'object', properties: { q: { type: 'string' } } } }];
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const SHAPES: readonly object[] = [
  { max_tokens: 64, messages: [user('Hello')] },
  { max_tokens: 64, temperature: 0, messages: [user('Hello')] },
  { max_tokens: 64, temperature: 0.7, top_p: 0.9, messages: [user('Hello')] },
  {
    max_tokens: 4096,
    metadata: { user_id: 'user-1' },
    system: 'Be brief.',
    messages: [user([text('Hello\n"you" 🙂')])],
  },
  { max_tokens: 16, system: [text('Sort it.', mark)], messages: [user('Ticket: naïve 漢')] },
  { max_tokens: 16, messages: [user([text('A document', mark), text('A question')])] },
  { max_tokens: 16, messages: [user('One'), assistant('Two'), user([text('Three', mark)])] },
  { max_tokens: 16, messages: [user('One'), assistant('Two'), user('Three'), assistant('{"a":')] },
  { max_tokens: 16, messages: [user('One'), { role: 'system', content: 'Two' }, assistant('Three'), user('Four')] },
  {
    max_tokens: 2048,
    tools,
    messages: [
      user('One'),
      assistant([
        text('Two'),
        call('toolu_1', { q: 'a "b"', n: 12, x: -0.5, deep: [{ y: 'z' }] }),
        call('toolu_2', {}),
      ]),
      user([answer('toolu_1', 'Three'), answer('toolu_2', [text('Four'), text('Five')]), text('Six')]),
    ],
  },
  {
    max_tokens: 8192,
    thinking: { type: 'enabled', budget_tokens: 2048 },
    messages: [
      user('One'),
      assistant([{ type: 'thinking', thinking: 'Well …', signature: 'c2lnbmF0dXJl' }, text('Two')]),
      user('Three'),
    ],
  },
  {
    max_tokens: 1024,
    messages: [
      user([
        {
          type: 'document',
          source: { type: 'text', media_type: 'text/plain', data: 'Long' },
          title: 'A',
          context: 'B',
        },
        { type: 'image', source: { type: 'base64', media_type: 'image/gif', data: GIF } },
        text('What is it?'),
      ]),
    ],
  },
];
