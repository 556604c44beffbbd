// Writes the table of boundaries in schemas/tokens.json: how likely a token begins with a byte, by the byte before it.
//   node scripts/fit-boundaries.mjs FOLDER...
// Counted in texts that lie in the folders (documentation, code, data), in the messages of the TypeScript compiler in thirteen
// languages, in names and dates of more, and in ids and numbers, as the public vocabulary of @anthropic-ai/tokenizer cuts them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getTokenizer } from '@anthropic-ai/tokenizer';
import { samples } from './fit/samples.mjs';

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('usage: node scripts/fit-boundaries.mjs FOLDER...');
const file = path.resolve(import.meta.dirname, '..', 'schemas', 'tokens.json');
const data = JSON.parse(readFileSync(file, 'utf8'));
const tokenizer = getTokenizer();

/** Levels of likelihood, each written as one digit of this base. */
const LEVELS = 36;
/** As many sightings of a pair as what is known of its classes counts for. */
const PRIOR = 2;

const pairs = { begun: new Float64Array(0x10000), seen: new Float64Array(0x10000) };
const classes = { begun: new Float64Array(0x100), seen: new Float64Array(0x100) };
for (const { text, weight } of samples(folders)) count(text.normalize('NFKC'), weight);
data.boundaries.behind = Object.fromEntries(
  bytesOfUtf8().map((before) => [before.toString(16).padStart(2, '0'), rowBehind(before)]),
);
writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`);

/** Where a text begins is left out: it is cut from a longer one. */
function count(text, weight) {
  const bytes = Buffer.from(text);
  const begins = new Uint8Array(bytes.length);
  let at = 0;
  for (const token of tokenizer.encode(text, 'all')) {
    begins[at] = 1;
    at += tokenizer.decode_single_token_bytes(token).length;
  }
  if (at !== bytes.length) return;
  for (let i = 1; i < bytes.length; i++) {
    const pair = (bytes[i - 1] << 8) | bytes[i];
    pairs.seen[pair] += weight;
    pairs.begun[pair] += weight * begins[i];
    classes.seen[classOf(pair)] += weight;
    classes.begun[classOf(pair)] += weight * begins[i];
  }
}

function rowBehind(before) {
  let row = '';
  for (let byte = 0; byte < 0x100; byte++) {
    if (isApart(before, byte)) {
      row += (LEVELS - 1).toString(LEVELS);
      continue;
    }
    const pair = (before << 8) | byte;
    const ofClass = (classes.begun[classOf(pair)] + 0.5) / (classes.seen[classOf(pair)] + 1);
    const likelihood = (pairs.begun[pair] + PRIOR * ofClass) / (pairs.seen[pair] + PRIOR);
    row += Math.round(likelihood * (LEVELS - 1)).toString(LEVELS);
  }
  return row;
}

/** That vocabulary has ` 1` as one token; since Claude 3 the blank is one and the number another, as bills of short prompts show. */
function isApart(before, byte) {
  return before === 0x20 && byte >= 0x30 && byte <= 0x39;
}

function classOf(pair) {
  return (kindOf(pair >> 8) << 4) | kindOf(pair & 0xff);
}

/** Small letters, capitals, digits, the blanks, symbols, and the bytes of longer characters by their place. */
function kindOf(byte) {
  const edges = [0x80, 0xc0, 0xe0, 0xf0];
  if (byte >= 0x80) return 8 + edges.findLastIndex((edge) => byte >= edge);
  const character = String.fromCharCode(byte);
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, / /, /\n/, /[\t\r]/];
  const kind = kinds.findIndex((each) => each.test(character));
  return kind < 0 ? kinds.length : kind;
}

/** Those that a text may hold. */
function bytesOfUtf8() {
  const isText = (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
  return Array.from({ length: 0xf5 }, (_, byte) => byte).filter(
    (byte) => isText(byte) && byte !== 0x7f && byte !== 0xc0 && byte !== 0xc1,
  );
}
