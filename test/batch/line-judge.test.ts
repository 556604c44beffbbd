import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PADDING } from '../../batch/alike/line-reader';
import type { Context } from '../../batch/context';
import { LineJudge } from '../../batch/line-judge';
import { analyseLine } from '../../batch/lint';
import { context } from '../support/contexts';

/** Whether a judge that has seen `line` twice knows `other`. */
function knows(line: string, other: string, judgedBy: Context = context()): boolean {
  const judge = new LineJudge(judgedBy);
  let known = true;
  for (const each of [line, line, other]) known = isKnown(judge, each, judgedBy);
  return known;
}

/** Whether a judge knows a line without reading its text. What it finds is what anyone finds. */
function isKnown(judge: LineJudge, line: string, judgedBy: Context): boolean {
  const bytes = new TextEncoder().encode(`${line}${'\0'.repeat(PADDING)}`);
  const at = { memory: new DataView(bytes.buffer), from: 0, to: bytes.length - PADDING };
  let known = true;
  const decode = () => {
    known = false;
    return line;
  };
  assert.deepEqual(judge.judgeBytes(at, decode), analyseLine(line, judgedBy));
  return known;
}

const params = {
  model: 'claude-haiku-4-5',
  max_tokens: 1024,
  temperature: 0.5,
  metadata: { user_id: 'user-1' },
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  tools: [{ name: 'find', input_schema: { type: 'object' } }],
  messages: [
    { role: 'user', content: 'Where is it?' },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { what: 'a "lamp"', limit: 5, near: [0.25] } }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'There.' }] },
  ],
};
const LINE = JSON.stringify({ custom_id: 'a', params });

test('a line is known by another that differs in texts, ids, numbers and labels', () => {
  const changes: readonly [string, string][] = [
    ['"custom_id":"a"', '"custom_id":"another_id-2"'],
    ['Where is it?', 'Wo ist sie? \\"Hier\\", 漢字 🙂 \\ud83d\\ude00 \\u00e9\\n'],
    ['Be brief.', 'Take your time. '.repeat(1000)],
    ['There.', '.'],
    ['a \\"lamp\\"', 'another\\tlamp'],
    ['"limit":5', '"limit":-12.75'],
    ['"max_tokens":1024', '"max_tokens":1999'],
    ['"temperature":0.5', '"temperature":0.93'],
    ['user-1', 'someone else'],
    ['}}', '} }'],
  ];
  for (const [from, to] of changes) assert.ok(knows(LINE, LINE.replace(from, to)), to);
  assert.ok(knows(LINE, LINE.replaceAll('toolu_1', 'toolu_2')));
});

/** A conversation of so many turns, each with a call of a tool, that ends with documents before a cache mark. */
function conversation(turns: number, documents: number): string {
  const user = (content: unknown) => ({ role: 'user', content });
  const called = (i: number) => [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: `toolu_${i}`, name: 'find', input: { what: `lamp ${i}` } }],
    },
    user([{ type: 'tool_result', tool_use_id: `toolu_${i}`, content: `There are ${i}.` }]),
  ];
  const source = { type: 'text', media_type: 'text/plain', data: 'A long text.' };
  const last = [
    ...Array.from({ length: documents }, () => ({ type: 'document', source })),
    { type: 'text', text: 'What now?', cache_control: { type: 'ephemeral', ttl: '1h' } },
  ];
  const answered = [{ role: 'assistant', content: 'Here.' }, user(last)];
  const messages = [user('Where?'), ...Array.from({ length: turns }, (_, i) => called(i)).flat(), ...answered];
  return JSON.stringify({ custom_id: 'a', params: { ...params, messages } });
}

test('a line is known by another with more or fewer turns, calls and documents; what is found behind them moves', () => {
  for (const [turns, documents] of [
    [2, 2],
    [4, 5],
    [9, 2],
    [3, 9],
  ] as const)
    assert.ok(knows(conversation(3, 3), conversation(turns, documents)), `${turns} turns, ${documents} documents`);
  const marked = (line: string) =>
    analyseLine(line, context()).findings.flatMap(({ place }) => (place.at === 'text' ? [] : [place.path[2]]));
  assert.deepEqual([marked(conversation(3, 3)), marked(conversation(9, 2))], [[8], [20]]);
});

test('where the number of blocks decides where something is found, lines with as many are known', () => {
  const line = (texts: readonly string[]) => {
    const blocks = texts.map((text) => ({ type: 'text', text }));
    const system = blocks.with(-1, { ...blocks.at(-1)!, ...{ cache_control: { type: 'ephemeral', ttl: '1h' } } });
    return JSON.stringify({ custom_id: 'a', params: { ...params, system } });
  };
  assert.ok(knows(line(['One', 'Two', 'Three', 'Four']), line(['Five', 'Six', 'Seven', 'Eight'])));
  assert.ok(!knows(line(['One', 'Two', 'Three', 'Four']), line(['Five', 'Six', 'Seven'])));
});

test('calls without their results are not known by calls with them', () => {
  const line = conversation(3, 3);
  assert.ok(!knows(line, line.replace('"tool_use_id":"toolu_2"', '"tool_use_id":"toolu_1"')));
  assert.ok(!knows(line, line.replaceAll('toolu_2', 'toolu_1')));
});

test('a string of 1 MB is read in any place where texts, ids and labels may differ', () => {
  const large = 'x'.repeat(1_000_000);
  for (const text of ['"a"', 'user-1', '"haiku', 'Be brief.', 'toolu_1', 'find', 'lamp', 'There.', 'ephemeral'])
    knows(LINE, LINE.replaceAll(text, text.endsWith('"') ? `${text.slice(0, -1)}${large}"` : `${text}${large}`));
});

test('it is not where that may make a difference', () => {
  const changes: readonly [string, string][] = [
    ['"custom_id":"a"', '"custom_id":"a b"'],
    ['Where is it?', ' \\n\u00a0'],
    ['Where is it?', 'x\\ud83d'],
    ['Where is it?', 'tab\tin text'],
    ['tool_use_id":"toolu_1', 'tool_use_id":"toolu_2'],
    ['"limit":5', '"limit":1e400'],
    ['"limit":5', '"limit":05'],
    ['"max_tokens":1024', '"max_tokens":0'],
    ['"max_tokens":1024', '"max_tokens":70000'],
    ['"max_tokens":1024', '"max_tokens":10.5'],
    ['"temperature":0.5', '"temperature":1.5'],
    ['haiku-4-5', 'haiku-9'],
    ['"near"', '"limit"'],
    ['}}', '}},'],
  ];
  for (const [from, to] of changes) assert.ok(!knows(LINE, LINE.replace(from, to)), to);
});

test('names that meet another name are looked at closely', () => {
  const twice = (second: string) =>
    exchange(
      'Hi',
      ['one', second].map((id) => ({ type: 'tool_use', id, name: 'f', input: {} })),
      ['one', second].map((id) => ({ type: 'tool_result', tool_use_id: id })),
    );
  assert.ok(knows(twice('two'), twice('three')));
  assert.ok(!knows(twice('two'), twice('one')));
});

test('a known line that is too long for its model says so', () => {
  const long = LINE.replace('Where is it?', 'all the words of a very long book '.repeat(40_000));
  assert.ok(knows(LINE, long));
  assert.deepEqual(
    analyseLine(long, context()).findings.map(({ rule }) => rule),
    ['cache-prefix-short', 'context-window'],
  );
});

test('a begun answer is looked at closely, for its end matters', () => {
  assert.ok(!knows(exchange('Hi', 'Well'), exchange('Hi', 'Well ')));
});

test('what settings say of a rule holds for known lines', () => {
  const short = context({ severities: { 'cache-prefix-short': 'error' } });
  assert.ok(knows(LINE, LINE.replace('Where', 'When'), short));
  assert.equal(analyseLine(LINE, short).findings[0]?.severity, 'error');
});

test('lines of many shapes are known, whichever come first', () => {
  const shapes = Array.from({ length: 300 }, (_, i) =>
    JSON.stringify({
      custom_id: `r-${i}`,
      params: { ...params, messages: turns(Array(1 + 2 * (i % 20)).fill(`text ${i}`)) },
    }),
  );
  const judge = new LineJudge(context());
  for (const line of shapes) assert.deepEqual(judge.judgeText(line), analyseLine(line, context()));
});

/** A request in which user and assistant say these by turns. */
function exchange(...contents: unknown[]): string {
  return JSON.stringify({
    custom_id: 'a',
    params: { model: 'claude-haiku-4-5', max_tokens: 64, messages: turns(contents) },
  });
}

function turns(contents: readonly unknown[]): object[] {
  return contents.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }));
}

test('lines with pictures of one size and format are alike', () => {
  const png = (width: number, height: number, rest: string) => {
    const bytes = Buffer.from(`89504e470d0a1a0a0000000d494844520000000000000000${rest}`, 'hex');
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes.toString('base64');
  };
  const withPicture = (id: string, data: string) => {
    const source = { type: 'base64', media_type: 'image/png', data };
    const content = [{ type: 'image', source }];
    return JSON.stringify({ custom_id: id, params: { ...params, messages: [{ role: 'user', content }] } });
  };
  const judge = new LineJudge(context());
  const pictures = [
    png(800, 600, '0802'),
    png(800, 600, '0806'),
    png(800, 600, 'ffffffff'),
    png(80, 600, '0802'),
    png(9000, 600, '0802'),
    `${png(800, 600, '0802000000')}!`,
    png(800, 600, '0803'),
  ];
  assert.deepEqual(
    pictures.map((data, i) => isKnown(judge, withPicture(`r-${i}`, data), context())),
    [false, false, true, false, false, false, true],
  );
});

test('a line whose frame is known is judged as by itself, whatever its holes hold', () => {
  const judge = new LineJudge(context());
  const call = (first: string, second: string, answered: string) => [
    user('Where is it?'),
    { role: 'assistant', content: [first, second].map((id) => ({ type: 'tool_use', id, name: 'find', input: {} })) },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: answered, content: 'Here' }] },
  ];
  const user = (content: unknown) => ({ role: 'user', content });
  const line = (messages: unknown, more: object = {}, id = 'a') =>
    JSON.stringify({ custom_id: id, params: { ...params, max_tokens: 64, system: 'Be brief.', ...more, messages } });
  const lines = [
    line([user('Hello')], { temperature: 0.5, metadata: { user_id: 'me' } }),
    line(call('toolu_1', 'toolu_2', 'toolu_2')),
  ];
  for (const each of [...lines, ...lines, ...lines]) judge.judgeText(each);
  const others = [
    ...['Hi', '', ' ', 'naïve "quoted" 漢', 'Be brief.'.repeat(30)].flatMap((text) => [
      line([user(text)], { temperature: 0.25, metadata: { user_id: text } }, 'b'),
      line([user('Hello')], { system: text, temperature: 0.5, metadata: { user_id: 'me' } }, 'c'),
    ]),
    ...[-1, 2, 1e-7, 0].map((temperature) => line([user('Hello')], { temperature, metadata: { user_id: 'me' } })),
    ...['toolu_1', 'toolu_2', 'toolu_3'].map((answered) => line(call('toolu_1', 'toolu_2', answered))),
    line(call('toolu_1', 'toolu_1', 'toolu_1')),
    // A number that only begins as one that may stand in the hole, on a line where another is there as it is.
    ...['6.4e1', '64.0', '64'].map((written) => lines[0]!.replace('"max_tokens":64', `"max_tokens":${written}`)),
    lines[0]!.replace('"role":"user"', '"role":"human"'),
    `${lines[0]} `,
    `${lines[0]}x`,
    lines[0]!.slice(0, -1),
  ];
  for (const each of [...others, ...others, ...others, ...others])
    assert.deepEqual(judge.judgeText(each), analyseLine(each, context()), each);
});
