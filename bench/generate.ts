import { closeSync, openSync, writeSync } from 'node:fs';

export interface Shape {
  readonly requests: number;
  /** About as many are written: the last lines take what is left. */
  readonly bytes: number;
  /** Share of lines with one mistake each, from 0 to 1. */
  readonly bad?: number;
}

/**
 * Writes a batch file as people make them, the same for the same shape: 70 % short classifications that share a cached
 * system prompt, 14 % documents, 6 % conversations with tools, 8.5 % in other scripts (two in five of them escaped),
 * 1.2 % with thinking and 0.3 % with a picture. Lines are mostly short and a few are very long.
 */
export function generate(path: string, { requests, bytes, bad = 0 }: Shape): void {
  const random = randomFrom(12345);
  const file = openSync(path, 'w');
  let left = bytes;
  let lines: string[] = [];
  for (let i = 0; i < requests; i++) {
    const scale = Math.min(3, Math.max(0.1, left / (requests - i) / MEAN_BYTES));
    const text = (length: number) => prose(random, length * scale);
    const line = requestLine(i, random, text);
    lines.push(random() < bad ? spoilt(line, i, random) : line);
    left -= Buffer.byteLength(line) + 1;
    if (lines.length < 1000 && i < requests - 1) continue;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  }
  closeSync(file);
}

/** What a line of the mix below takes on average where nothing is scaled. */
const MEAN_BYTES = 2560;

type Random = () => number;
/** About so many characters of text. */
type Text = (length: number) => string;

function requestLine(i: number, random: Random, text: Text): string {
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

/** One mistake of the kinds that are made: syntax, an id twice, a wrong type, a misspelt key, a wrong role. */
function spoilt(line: string, i: number, random: Random): string {
  const kinds = [
    line.slice(0, -2),
    line.replace(`"request-${i}"`, `"request-${Math.max(0, i - 7)}"`),
    line.replace(/"max_tokens":(\d+)/, '"max_tokens":"$1"'),
    line.replace('"max_tokens"', '"max_token"'),
    line.replace('"role":"user"', '"role":"human"'),
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? line;
}

/** As Python's `json.dumps` writes it. */
function escaped(line: string): string {
  return line.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function prose(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += WORDS[Math.floor(random() * WORDS.length)];
  return text;
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = `the order has not arrived although tracking says that it was delivered on Monday, and nobody answers the
telephone. Our invoice 2026-1187 was charged twice; please refund 49.90 EUR to the card ending in 4417 (see below). Is
there a way to change the address before shipping? "Thank you" for looking into this soon, we would like to keep using it!`
  .split(/\s+/)
  .map((word) => `${word} `);

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
