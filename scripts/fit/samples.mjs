import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Pieces of text of all kinds, each with what it counts for. The same folders give the same pieces. */
export function samples(folders) {
  const random = randomFrom(7);
  return [...ofFiles(folders, random), ...ofMessages(random), ...ofNames(random), ...ofIds(random)];
}

/** Kinds of files by their ends, how many are taken, and what each counts for: what people batch is mostly prose. */
const FILES = [
  { ends: /\.(?:md|rst|txt)$/, files: 260, weight: 2.5 },
  { ends: /\.(?:pod|html)$/, files: 150, weight: 2 },
  { ends: /\.(?:py|pyi|pm|sh)$/, files: 150, weight: 0.7 },
  { ends: /\.(?:ts|mts)$/, files: 150, weight: 0.7 },
  { ends: /\.(?:js|mjs)$/, files: 120, weight: 0.6 },
  { ends: /\.json$/, files: 120, weight: 0.8, also: minified },
  { ends: /\.(?:h|c|yaml|yml|css|xml|conf)$/, files: 150, weight: 0.7 },
];
/** JSON without its blanks; undefined where it has comments. */
function minified(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const NOT_TEXT = /LICEN[CS]E|CHANGELOG|copyright|notice|\.min\.|\/dist\/|diagnosticMessages|\.map$/i;
const SMALLEST = 2_000;
const LARGEST = 400_000;
/** UTF-16 units of a piece, and pieces of a file. */
const LENGTH = 1500;
const PIECES = 3;

function ofFiles(folders, random) {
  const all = folders.flatMap(filesIn).sort();
  return FILES.flatMap(({ ends, files, weight, also }) => {
    const chosen = shuffled(
      all.filter((name) => ends.test(name)),
      random,
    ).slice(0, files);
    return chosen.flatMap((name) => {
      const text = readFileSync(name, 'utf8');
      if (/[\uFFFD\0]/.test(text)) return [];
      return [text, also?.(text)]
        .filter(Boolean)
        .flatMap((form) => Array.from({ length: PIECES }, () => ({ text: pieceOf(form, random), weight })));
    });
  });
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((name) => FILES.some(({ ends }) => ends.test(name)) && !NOT_TEXT.test(name))
    .filter((name) => {
      const { size, isFile } = describe(name);
      return isFile && size > SMALLEST && size < LARGEST;
    });
}

function describe(name) {
  const stats = statSync(name, { throwIfNoEntry: false });
  return { size: stats?.size ?? 0, isFile: stats?.isFile() ?? false };
}

function pieceOf(text, random) {
  const start = Math.floor(random() * Math.max(1, text.length - LENGTH));
  return text.slice(start, start + LENGTH).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}

const LANGUAGES = ['cs', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt-br', 'ru', 'tr', 'zh-cn', 'zh-tw'];

/** What the TypeScript compiler says. Languages in Latin letters count less, or they would speak for English. */
function ofMessages(random) {
  return LANGUAGES.flatMap((language) => {
    const file = `node_modules/typescript/lib/${language}/diagnosticMessages.generated.json`;
    const messages = shuffled(Object.values(JSON.parse(readFileSync(file, 'utf8'))), random);
    const weight = /^(?:ja|ko|ru|zh)/.test(language) ? 0.5 : 0.25;
    return Array.from({ length: 60 }, (_, i) => ({ text: messages.slice(12 * i, 12 * i + 12).join(' '), weight }));
  });
}

/** Scripts of which there is little text at hand. */
const SCRIPTS = ['ar', 'hi', 'th', 'he', 'el', 'uk', 'bn', 'ta', 'fa', 'ka', 'hy', 'vi'];

/** Names of regions and languages, and days. */
function ofNames(random) {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  return SCRIPTS.flatMap((language) => {
    const named = (type, spelt) => {
      const names = new Intl.DisplayNames([language], { type, fallback: 'none' });
      return codes.map((code) => names.of(spelt(code))).filter(Boolean);
    };
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', numberingSystem: 'latn' });
    const days = Array.from({ length: 300 }, () => day.format(new Date(random() * 2e12)));
    const words = [...named('region', String), ...named('language', (code) => code.toLowerCase()), ...days];
    return Array.from({ length: 40 }, () => ({ text: shuffled(words, random).slice(0, 40).join(', '), weight: 0.5 }));
  });
}

/** Ids, sums, encoded bytes, numbers, times and emoji. */
function ofIds(random) {
  const some = (length, one) => Array.from({ length }, one);
  const from = (alphabet) => () => alphabet[Math.floor(random() * alphabet.length)];
  const hex = (length) => some(length, from('0123456789abcdef')).join('');
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const emoji = some(0x3ff, (_, i) => String.fromCodePoint(0x1f300 + i)).filter((it) =>
    /\p{Emoji_Presentation}/u.test(it),
  );
  const makers = [
    () => some(15, () => [8, 4, 4, 4, 12].map(hex).join('-')).join('\n'),
    () => hex(600),
    () => some(700, from(letters)).join(''),
    () => some(60, () => (random() * 10 ** Math.floor(random() * 7)).toFixed(Math.floor(random() * 4))).join(', '),
    () => some(20, () => new Date(random() * 2e12).toISOString()).join('\n'),
    () => some(60, from(emoji)).join(random() < 0.5 ? '' : ' '),
  ];
  return makers.flatMap((make) => some(60, () => ({ text: make(), weight: 0.4 })));
}

function shuffled(list, random) {
  const keyed = list.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
