/** Kinds of batch files that are measured. */
export type Mix = 'mixed' | 'shared' | 'varied' | 'prompted';

/** Makes the line of request `i`. `text` gives about so many characters. */
type MakeLine = (i: number, random: Random, text: Text) => string;

export const MIXES: Readonly<Record<Mix, MakeLine>> = { mixed, shared, varied, prompted };

type Random = () => number;
/** About so many characters of text. */
type Text = (length: number) => string;

/**
 * As people make them: 70 % short classifications that share a cached system prompt, 14 % documents, 6 % conversations with
 * tools, 8.5 % in other scripts (two in five of them escaped), 1.2 % with thinking and 0.3 % with a picture. Lines are mostly
 * short and a few are very long.
 */
function mixed(i: number, random: Random, text: Text): string {
  const kind = random();
  const params =
    kind < 0.7
      ? classification(random, text)
      : kind < 0.84
        ? document(random, text)
        : kind < 0.9
          ? conversation(i, text)
          : kind < 0.985
            ? otherScript(random, text)
            : kind < 0.997
              ? thinking(random, text)
              : picture(random, text);
  const line = JSON.stringify({ custom_id: `request-${i}`, params });
  return kind >= 0.9 && kind < 0.934 ? escaped(line) : line;
}

/** Every line has the same system prompt of 1.7 kB and the same tools. */
function shared(i: number, _random: Random, text: Text): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 300, system: SYSTEM.repeat(6), tools: TOOLS };
  return JSON.stringify({ custom_id: `request-${i}`, params: { ...params, messages: user(text(600)) } });
}

/** Every line has the same system prompt, which is long enough for a cache and not marked for one. */
function prompted(i: number, _random: Random, text: Text): string {
  const params = { model: 'claude-opus-5-5', max_tokens: 300, system: SYSTEM.repeat(10) };
  return JSON.stringify({ custom_id: `request-${i}`, params: { ...params, messages: user(text(600)) } });
}

/** Three programs write it, each in its way; numbers, turns, tools, documents and cached prompts differ from line to line. */
function varied(i: number, random: Random, text: Text): string {
  const some = (most: number): number => Math.floor(random() * most);
  const program = some(3);
  const cached = { type: 'text', text: text(200 + some(800)), cache_control: CACHED };
  const params = {
    model: MODELS[program],
    max_tokens: 1 + some(8000),
    metadata: { user_id: `user-${some(1000)}` },
    ...(program === 1 && { temperature: some(100) / 100 }),
    ...(program === 2 && { system: [cached] }),
    ...(some(4) === 0 && { tools: [TOOLS[some(2)]] }),
    messages: turns(1 + some(10), program === 0, random, text),
  };
  const request = { custom_id: `request-${i}`, params };
  if (program === 1)
    return spaced({ params: Object.fromEntries(Object.entries(params).reverse()), custom_id: `r_${i}` });
  return JSON.stringify(request);
}

/** So many questions with their answers, and another. */
function turns(count: number, inBlocks: boolean, random: Random, text: Text): object[] {
  const earlier = Array.from({ length: count }, () => [
    ...user(text(60 + 100 * random())),
    { role: 'assistant', content: inBlocks ? [{ type: 'text', text: text(100) }] : text(200 * random()) },
  ]).flat();
  const document = {
    type: 'document',
    source: { type: 'text', media_type: 'text/plain', data: text(800) },
    title: text(20),
  };
  const last = random() < 0.2 ? [document, { type: 'text', text: text(80), cache_control: CACHED }] : text(100);
  return [...earlier, ...user(last)];
}

function user(content: unknown): object[] {
  return [{ role: 'user', content }];
}

/** As Python's `json.dumps` spaces it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`);
  return `{${pairs.join(', ')}}`;
}

const MODELS = ['claude-haiku-4-5', 'claude-sonnet-5', 'claude-opus-5'];
const CACHED = { type: 'ephemeral', ttl: '1h' };

function classification(random: Random, text: Text): object {
  return {
    model: 'claude-haiku-4-5',
    max_tokens: 16,
    system: [{ type: 'text', text: SYSTEM, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: `Ticket: ${text(100 + 500 * random())}` }],
  };
}

/** From 1.7 to 40 kB, the short ones more often. */
function document(random: Random, text: Text): object {
  const content = [
    { type: 'text', text: `<document>${text(1700 * 23.5 ** random())}</document>` },
    { type: 'text', text: 'Summarise it in three sentences.' },
  ];
  return { model: 'claude-sonnet-5', max_tokens: 1024, messages: [{ role: 'user', content }] };
}

function conversation(i: number, text: Text): object {
  const id = `toolu_${String(i).padStart(8, '0')}`;
  return {
    model: 'claude-opus-5',
    max_tokens: 2048,
    tools: TOOLS,
    messages: [
      { role: 'user', content: text(120) },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: text(60) },
          { type: 'tool_use', id, name: 'find_orders', input: { customer: `c-${i}`, limit: 5, open: true } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: text(700) }] },
    ],
  };
}

function otherScript(random: Random, text: Text): object {
  const content = `${SCRIPTS[Math.floor(random() * SCRIPTS.length)]?.repeat(12)} ${text(700)}`;
  return { model: 'claude-haiku-4-5', max_tokens: 256, system: SYSTEM, messages: [{ role: 'user', content }] };
}

function thinking(random: Random, text: Text): object {
  return {
    model: 'claude-opus-5',
    max_tokens: 8192,
    thinking: { type: 'adaptive' },
    messages: [{ role: 'user', content: text(400 + 2000 * random()) }],
  };
}

function picture(random: Random, text: Text): object {
  const bytes = Buffer.alloc(15_000 + Math.floor(36_000 * random()), 0);
  for (let i = PNG.copy(bytes); i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
  const source = { type: 'base64', media_type: 'image/png', data: bytes.toString('base64') };
  const content = [
    { type: 'image', source },
    { type: 'text', text: text(80) },
  ];
  return { model: 'claude-haiku-4-5', max_tokens: 300, messages: [{ role: 'user', content }] };
}

/** As Python's `json.dumps` writes it. */
function escaped(line: string): string {
  return line.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const SCRIPTS = [
  'naïve café Überraschung ',
  'Привет, как дела ',
  '注文が届きません。',
  'مرحبا بالعالم ',
  'thanks 🙂🚀 ',
];

const SYSTEM = `You sort the tickets of a web shop. Answer with one word: refund, delivery, account, invoice or other. Tickets may
be in any language. A ticket that threatens legal action is always other. Never answer with anything else.`;

const TOOLS = [
  {
    name: 'find_orders',
    description: 'Finds the orders of a customer, newest first.',
    input_schema: {
      type: 'object',
      properties: {
        customer: { type: 'string', description: 'The customer number' },
        limit: { type: 'integer', description: 'How many at most' },
        open: { type: 'boolean', description: 'Only those that are not delivered yet' },
      },
      required: ['customer'],
    },
  },
  {
    name: 'refund',
    description: 'Pays back an order, wholly or in part.',
    input_schema: { type: 'object', properties: { order: { type: 'string' }, amount: { type: 'number' } } },
  },
];

/** The beginning of a PNG of 800 by 600 pixels. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000320000002580802000000', 'hex');
