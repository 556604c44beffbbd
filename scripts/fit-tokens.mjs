// Fits the coefficients of schemas/tokens.json to requests of which is known what they were billed.
//   node scripts/fit-tokens.mjs CORPUS [--write]
// CORPUS is JSON Lines: { source, params, usage, stop_reason, output_text? }, as the API was asked and answered. Each of two
// halves is held against what the other says, each fifth of the requests against what the other four say, by kind of request;
// then all are fitted; --write puts that into schemas/tokens.json.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from './bundled.mjs';
import { leastError } from './fit/least-error.mjs';

const corpus = process.argv[2];
if (!corpus) throw new Error('usage: node scripts/fit-tokens.mjs CORPUS [--write]');
const file = path.resolve(import.meta.dirname, '..', 'schemas', 'tokens.json');
const data = JSON.parse(readFileSync(file, 'utf8'));
const { bundledModels, countInput, familyOf, inputParts, scaledWeights, TextScale } = await bundled(`
  export { bundledModels, familyOf } from './batch/cost/models';
  export { countInput } from './batch/cost/input-counts';
  export { inputParts } from './batch/cost/tokens';
  export { scaledWeights, TextScale } from './batch/cost/text-weights';`);

const KINDS = Object.keys(data.families.old.text);
const FRAMES = Object.keys(data.families.old.frames);
/**
 * A scale for each kind of text, what each frame costs, how much longer than
 * their JSON tools and schemas are as the model reads them, and the end of an answer.
 */
const UNKNOWNS = [...KINDS, ...FRAMES, 'tools', 'schema', 'answer'];
/** What is taken for true until the requests say otherwise, and how many of them it takes. */
const PRIOR = {
  request: 7,
  message: 4,
  thinking: 28,
  adaptive: 17,
  format: 85,
  tool_use: 22,
  argument: 14,
  tool_result: 22,
  image: 3,
  document: 38,
  citations: 515,
  tools: 1,
  schema: 1.6,
  answer: 3,
};
/** What does not follow from that: not all of these are text, and the newer models are told nothing of thinking. */
const SAME = {
  old: {},
  new: { request: 7, message: 4, image: 3, tools: 1, schema: 1.6, answer: 3, adaptive: 0 },
};
/** Tokens so few that being off by one of them is no great error. */
const FEW = 20;
const STIFFNESS = { text: 200, frame: 2 };
/** The public table of boundaries is nearly the older tokenizer's; the newer makes 1.3 tokens of one (the pricing page). */
const FINER = { old: 1, new: 1.3 };

/** Weights of one kind of text alone, as the table of boundaries has it. */
const ofKind = KINDS.map((kind) =>
  scaledWeights(Object.fromEntries(KINDS.map((each) => [each, Number(each === kind)]))),
);

const records = readFileSync(corpus, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const equations = records.flatMap((record) => [inputEquation(record), answerEquation(record)].flat());
const FOLDS = 5;
/** What is estimated of requests that were not fitted. */
const unseen = [];
for (const family of Object.keys(data.families)) {
  const own = equations.filter((equation) => equation.family === family);
  for (const half of [0, 1]) {
    const fitted = fit(
      family,
      own.filter((equation) => equation.half !== half),
    );
    console.log(
      `${family}, half ${half} by the other: ${errors(
        own.filter((it) => it.half === half),
        fitted,
      )}`,
    );
  }
  for (let fold = 0; fold < FOLDS; fold++) {
    const by = fit(
      family,
      own.filter((it) => it.place % FOLDS !== fold),
    );
    unseen.push(...own.filter((it) => it.kind && it.place % FOLDS === fold).map((it) => ({ ...it, fitted: by })));
  }
  const fitted = fit(family, own);
  console.log(`${family}, all by all: ${errors(own, fitted)}`);
  keep(family, fitted);
}
for (const kind of ['text', 'tools', 'media', undefined]) {
  const rows = unseen.filter((it) => kind === undefined || it.kind === kind);
  if (rows.length > 0) console.log(`requests by four fifths of the programs, ${kind ?? 'all'}: ${errors(rows)}`);
}
if (process.argv.includes('--write')) writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`);

/** What is billed of a request's input. */
function inputEquation({ params, usage, source }) {
  const model = bundledModels.find(params.model);
  const counts = ofKind.map((weights) => countInput(params, weights));
  const { weight, media } = inputParts(params, model);
  const family = familyOf(model);
  const { frames, text: own, schema } = countInput(params, scaledWeights(data.families[family].text));
  const billed = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  if (billed === 0 || !isMeasurable(params)) return [];
  return {
    family,
    kind: media.expected > 0 ? 'media' : params.tools?.length > 0 ? 'tools' : 'text',
    place: placeOf(source),
    half: halfOf(source),
    billed,
    known: (weight.tools - own.tools * data.families[family].rendered.tools) / 1000 + media.expected,
    factors: [
      ...counts.map((count) => (count.text.system + count.text.messages) / 1000),
      ...FRAMES.map((frame) => frames[frame]),
      own.tools / 1000,
      schema / 1000,
      0,
    ],
  };
}

/** What is billed of an answer that is text alone. */
function answerEquation({ params, usage, stop_reason, output_text, source }) {
  const isAlone = !params.tools?.some(isServerTool) && params.thinking?.type !== 'enabled';
  if (!output_text || stop_reason !== 'end_turn' || !isAlone) return [];
  const weights = ofKind.map((each) => {
    const scale = new TextScale(each);
    scale.add(output_text);
    return scale.weight / 1000;
  });
  return {
    family: familyOf(bundledModels.find(params.model)),
    place: placeOf(source),
    half: halfOf(source),
    billed: usage.output_tokens,
    known: 0,
    factors: [...weights, ...FRAMES.map(() => 0), 0, 0, 1],
  };
}

/** What the tools of the API add, and images and documents of unknown size, say nothing of these unknowns. */
function isMeasurable(params) {
  const isOwn =
    !params.mcp_servers && !params.container && !params.context_management && !params.tools?.some(isServerTool);
  return isOwn && !/"type":"(?:url|file|container_upload)"|"application\/pdf"/.test(JSON.stringify(params));
}

function isServerTool({ type }) {
  return type !== undefined && type !== 'custom';
}

/** Recordings of one program are alike, so they go into the same half. */
function halfOf(source) {
  return placeOf(source) % 2;
}

/** A number for each program. */
function placeOf(source) {
  const place = source.replace(/[^/]*$/, '');
  let hash = 7;
  for (let i = 0; i < place.length; i++) hash = (Math.imul(hash, 31) + place.charCodeAt(i)) >>> 0;
  return hash >>> 4;
}

function fit(family, rows) {
  const prior = UNKNOWNS.map((name) => SAME[family][name] ?? FINER[family] * (PRIOR[name] ?? 1));
  const stiffness = UNKNOWNS.map((name) => (KINDS.includes(name) ? STIFFNESS.text : STIFFNESS.frame));
  return leastError(
    rows.map(({ factors, known, billed }) => ({ factors, value: billed - known, scale: billed + FEW })),
    prior,
    stiffness,
  );
}

function errors(rows, fitted) {
  const sizes = rows
    .map(({ factors, known, billed, fitted: by = fitted }) =>
      Math.abs(factors.reduce((sum, factor, i) => sum + factor * by[i], known) / billed - 1),
    )
    .sort((a, b) => a - b);
  const at = (share) => `${(100 * sizes[Math.floor(share * sizes.length)]).toFixed(1)} %`;
  return `${rows.length} equations, median error ${at(0.5)}, 90th percentile ${at(0.9)}`;
}

/** Texts to a hundredth, frames to a tenth of a token. */
function keep(family, fitted) {
  const { text, frames, rendered } = data.families[family];
  KINDS.forEach((kind, i) => {
    text[kind] = Math.round(fitted[i] * 100) / 100;
  });
  FRAMES.forEach((frame, i) => {
    frames[frame] = Math.max(0, Math.round(fitted[KINDS.length + i] * 10) / 10);
  });
  for (const name of Object.keys(rendered)) rendered[name] = Math.round(fitted[UNKNOWNS.indexOf(name)] * 100) / 100;
  console.log(text, frames, rendered, { answer: fitted.at(-1) });
}
