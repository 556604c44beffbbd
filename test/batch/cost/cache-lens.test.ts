import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prefixesIn } from '../../../batch/analysis';
import { BatchFile } from '../../../batch/batch-file';
import { cacheLens } from '../../../batch/cost/cache-lens';
import { CACHE_HITS, inputWithCaching, NO_PRICES, savedBy, withRequests } from '../../../batch/cost/cache-savings';
import { bundledModels } from '../../../batch/cost/models';
import { analyseLine } from '../../../batch/lint';
import { context } from '../../support/contexts';

const model = bundledModels.find('claude-opus-5-5')!;
const LONG = 'Answer as the handbook of the company says. '.repeat(80);

interface Parts {
  readonly system?: unknown;
  readonly tools?: unknown;
  readonly messages?: unknown;
  readonly [setting: string]: unknown;
}

let ids = 0;
const nextId = () => `r-${ids++}`;

function request(parts: Parts = {}): string {
  const messages = [{ role: 'user', content: `Question ${ids}?` }];
  return JSON.stringify({ custom_id: nextId(), params: { model: model.id, max_tokens: 1024, messages, ...parts } });
}

function lensOf(lines: readonly string[]) {
  return cacheLens(
    lines.map((line) => prefixesIn(analyseLine(line, context()))),
    bundledModels,
  );
}

const times = (count: number, parts: () => Parts) => Array.from({ length: count }, () => request(parts()));

test('a thousand requests of 3,000 shared tokens: the arithmetic of the pricing page', () => {
  // Opus 5.5: 4 USD in, 8 to write for an hour, 5 for five minutes, 0.2 to read, for a million tokens.
  const price = model.price_usd_per_mtok!;
  assert.deepEqual([price.input, price.cache_write_1h, price.cache_write_5m, price.cache_read], [4, 8, 5, 0.2]);
  const tokens = { low: 3000, expected: 3000, high: 3000 };
  const hour = savedBy(withRequests(NO_PRICES, 1000, price, '1h'), tokens);
  const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);
  // Uncached: 1,000 × 3,000 × 4 / 1M = 12 USD. Of 999 that may read, 30 %, 64 %, 98 % do; the others write.
  near(hour.low, 12 - (0.003 * (1000 - 299.7) * 8 + 0.003 * 299.7 * 0.2));
  near(hour.expected, 12 - (0.003 * (1000 - 639.36) * 8 + 0.003 * 639.36 * 0.2));
  near(hour.high, 12 - (0.003 * (1000 - 979.02) * 8 + 0.003 * 979.02 * 0.2));
  assert.ok(hour.low < 0 && hour.expected > 0, 'few hits make it dearer');
  const minutes = savedBy(withRequests(NO_PRICES, 1000, price, '5m'), tokens);
  near(minutes.high, 12 - (0.003 * (1000 - 979.02) * 5 + 0.003 * 979.02 * 0.2));
  assert.deepEqual([CACHE_HITS.low, CACHE_HITS.high], [0.3, 0.98]);
  // One request alone writes, and nobody reads.
  near(savedBy(withRequests(NO_PRICES, 1, price, '1h'), tokens).high, 0.012 - 0.024);
});

test('in a batch all of it costs half, and a tenth more in the US', () => {
  const [plain, us] = [{}, { inference_geo: 'us' }].map(
    (more) => lensOf(times(100, () => ({ system: LONG, ...more }))).savings,
  );
  const [group] = plain!.prefixes;
  const alone = savedBy(withRequests(NO_PRICES, 100, model.price_usd_per_mtok!, '1h'), group!.tokens);
  assert.equal(plain!.usd.expected, alone.expected * 0.5);
  assert.ok(Math.abs(us!.usd.expected / plain!.usd.expected - 1.1) < 1e-9);
  assert.deepEqual([plain!.requests, plain!.unmarked], [100, 100]);
  assert.equal(plain!.tokens, 100 * group!.tokens.expected);
  const input = { low: 1, expected: 2, high: 3 };
  assert.equal(inputWithCaching(input, plain!).expected, 2 - plain!.usd.expected);
});

test('a prompt above the price step of its model saves at the price above it', () => {
  const haiku = bundledModels.find('claude-haiku-5-5')!;
  const longer = 'word '.repeat(120_000);
  const saved = (text: string) =>
    lensOf(times(100, () => ({ model: haiku.id, system: LONG, messages: [{ role: 'user', content: text }] }))).savings
      .usd.expected;
  assert.ok(Math.abs(saved(longer) / saved('Hi') - 5) < 1e-9);
});

test('what is too short for the model, shared by too few, or of an unknown model, pays nothing', () => {
  const ways: Parts[] = [
    { system: 'Be brief.' },
    { system: LONG, model: 'claude-haiku-4-5' },
    { system: LONG, model: 'no' },
  ];
  for (const parts of ways) assert.equal(lensOf(times(50, () => parts)).groups.size, 0);
  assert.equal(lensOf(times(3, () => ({ system: LONG }))).groups.size, 0);
  assert.equal(lensOf(times(50, () => ({ system: LONG }))).groups.size, 1);
});

test('tools, then each block of the system prompt: as far as it is the same', () => {
  const tools = [{ name: 'find', description: LONG, input_schema: { type: 'object' } }];
  const blocks = (last: string) => [
    { type: 'text', text: LONG },
    { type: 'text', text: last },
  ];
  const lens = lensOf([
    ...times(20, () => ({ tools, system: blocks(LONG.toUpperCase()) })),
    ...times(30, () => ({ tools, system: blocks(nextId()) })),
    ...times(40, () => ({ tools, system: nextId() })),
  ]);
  assert.deepEqual(
    [...lens.groups.values()].map(({ path, requests }) => [path.join('/'), requests]),
    [
      ['params/tools/0', 90],
      ['params/system/0', 50],
      ['params/system/1', 20],
    ],
  );
  // Each saves what it has beside the one that it is within.
  const tokens = [...lens.groups.values()].map((group) => group.tokens.expected);
  assert.ok(tokens[0]! < tokens[1]! && tokens[1]! < tokens[2]!);
  assert.equal(lens.savings.requests, 90);
});

test('what changes the cache beside the texts keeps requests apart', () => {
  const base = { system: LONG };
  const parts = (other: Parts) =>
    [...lensOf([...times(30, () => base), ...times(31, () => ({ ...base, ...other }))]).groups.values()].map(
      (group) => group.requests,
    );
  assert.deepEqual(parts({}), [61]);
  assert.deepEqual(parts({ max_tokens: 99, metadata: { user_id: 'u' } }), [61]);
  // These concern the messages alone.
  assert.deepEqual(parts({ thinking: { type: 'adaptive' }, tool_choice: { type: 'none' } }), [61]);
  const source = { type: 'text', media_type: 'text/plain', data: 'A letter.' };
  const cited = [
    { type: 'document', source, citations: { enabled: true } },
    { type: 'text', text: 'Why?' },
  ];
  assert.deepEqual(parts({ messages: [{ role: 'user', content: cited }] }), [30, 31]);
  const format = { format: { type: 'json_schema', schema: { type: 'object' } } };
  assert.deepEqual(parts({ output_config: format }), [30, 31]);
  assert.deepEqual(parts({ model: 'claude-opus-4-8' }), [30, 31]);
  assert.deepEqual(parts({ inference_geo: 'us' }), [30, 31]);
});

test('a string is short for one block of text, and a mark is no part of what it marks', () => {
  const blocks = [{ type: 'text', text: LONG }];
  const marked = [{ type: 'text', text: LONG, cache_control: { type: 'ephemeral', ttl: '1h' } }];
  const lens = lensOf([LONG, blocks, marked].flatMap((system) => times(10, () => ({ system }))));
  const [group, ...others] = lens.groups.values();
  assert.equal(others.length, 0);
  assert.deepEqual([group?.requests, group?.unmarked, group?.firstUnmarked], [30, 20, 0]);
});

test('few that differ from many are told where they do; as many are of another kind', () => {
  const other = `${LONG.slice(0, 50)}!${LONG.slice(51)}`;
  const many = times(20, () => ({ system: LONG }));
  const few = times(3, () => ({ system: other }));
  const lens = lensOf([...many, ...few]);
  assert.deepEqual(
    lens.deviations.map(({ line, path, group }) => [line, path.join('/'), group.line]),
    [20, 21, 22].map((line) => [line, 'params/system', 0]),
  );
  assert.deepEqual(lensOf([...many, ...times(10, () => ({ system: `${other} ${nextId()}` }))]).deviations, []);
  assert.deepEqual(lensOf([...many, request()]).deviations, []);
});

const systems = [LONG, `${LONG}!`, [{ type: 'text', text: LONG }], 'Be brief.', undefined];
const tools = [{ name: 'find', description: LONG, input_schema: { type: 'object' } }];
const line = fc
  .record({
    tools: fc.constantFrom(tools, undefined),
    system: fc.constantFrom(...systems),
    more: fc.constantFrom('', LONG.toUpperCase()),
    ttl: fc.constantFrom('1h', '5m', undefined),
  })
  .map(({ tools, system, more, ttl }) => {
    const block = { type: 'text', text: more, ...(ttl && { cache_control: { type: 'ephemeral', ttl } }) };
    return request({ tools, system: Array.isArray(system) && more !== '' ? [...system, block] : system });
  });

test('changes in turn find what a reading from scratch finds', () => {
  const at = fc.record({ line: fc.nat(14), character: fc.nat(3000) });
  const change = fc.record({
    range: fc.record({ start: at, end: at }),
    text: fc.oneof(
      fc.constantFrom('', 'x', '\n'),
      line.map((each) => `${each}\n`),
    ),
  });
  const files = fc.array(line, { minLength: 8, maxLength: 14 });
  fc.assert(
    fc.property(files, fc.array(change, { maxLength: 8 }), (lines, changes) => {
      const file = new BatchFile(lines.join('\n'), context());
      for (const each of changes) {
        file.update([each]);
        const fresh = new BatchFile(file.text, context());
        assert.deepEqual(file.problems(), fresh.problems());
        assert.deepEqual(file.caching(), fresh.caching());
      }
    }),
    { numRuns: 25 },
  );
});
