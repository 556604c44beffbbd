import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges, toTextChanges } from '../../../batch/apply-edits';
import { replace } from '../../../batch/edit';
import { hiddenIn } from '../../../batch/excerpt/hidden-data';
import { RequestPlaces } from '../../../batch/excerpt/request-places';
import { NotWritableError, requestLine, requestText } from '../../../batch/excerpt/request-text';
import type { Json } from '../../../batch/json';
import { at, placesIn } from '../../support/json-places';
import { PNG } from '../../support/png';
import { anyJson } from '../schema/arbitrary';

const LINE =
  '{"custom_id": "a", "params": {"max_tokens": 1.0e2, "system": "caf\\u00e9 \\/", "messages": [], "a": 1, "a": 2}}';
const TEXT = `{
  "custom_id": "a",
  "params": {
    "max_tokens": 1.0e2,
    "system": "caf\\u00e9 \\/",
    "messages": [],
    "a": 1,
    "a": 2
  }
}
`;

test('a request is shown over many lines, its tokens as they are written', () => {
  assert.equal(requestText(LINE), TEXT);
});

test('an edit changes its own bytes alone', () => {
  const edited = TEXT.replace('1.0e2', '200')
    .replace('"a": 1,\n    ', '')
    .replace('[]', '[ {"role":"user", "content" :"x"} ]');
  assert.equal(
    requestLine(LINE, edited),
    '{"custom_id": "a", "params": {"max_tokens": 200, "system": "caf\\u00e9 \\/", "messages": [{"role": "user", "content": "x"}], "a": 2}}',
  );
});

test('blanks of a line stay where nothing was edited, and its own way of writing is followed', () => {
  const line = ' {"a" :1,\t"b" :[ 1,\t2 ] } ';
  assert.equal(
    requestLine(line, requestText(line).replace('2', '2, 3, {"c": 4}, 5')),
    ' {"a" :1,\t"b" :[ 1,\t2,\t3,\t{"c" :4},\t5 ] } ',
  );
});

test('what is no JSON is not written', () => {
  assert.throws(() => requestLine(LINE, TEXT.replace('1.0e2', '')), NotWritableError);
  assert.throws(() => requestLine(LINE, ''), NotWritableError);
});

test('a line that is no JSON can be opened and mended', () => {
  const line = '{"custom_id":"a" "params":{"a":[1,2,]}}';
  const text = requestText(line);
  assert.match(text, /\[\n {6}1,\n {6}2,\n {4}\]/);
  assert.equal(
    requestLine(line, text.replace('"a" ', '"a",').replace('"a""', '"a","').replace('2,', '2')),
    '{"custom_id":"a","params":{"a":[1,2]}}',
  );
});

test('long base64 is hidden, and put back byte for byte', () => {
  const source = (data: string): string => `{"type":"base64","media_type":"image/png","data":"${data}"}`;
  const line = `{"custom_id":"a","x":[${source(PNG)},${source(PNG.replace(/B/g, 'C'))},${source(PNG)}],"url":"data:image/png;base64,${PNG}"}`;
  const text = requestText(line);
  assert.equal(text.match(/"data": "‹2.1 KB image\/png, 1 × 1›"/g)?.length, 2);
  assert.match(text, /"data": "‹2.1 KB image\/png(, 1 × 1)?, no. 2›"|"data": "‹2.1 KB image\/png›"/);
  assert.match(text, /"url": "‹2.1 KB image\/png, 1 × 1, no. \d›"/);
  assert.equal(requestLine(line, text), line);
  const swapped = text.replace('"custom_id": "a"', '"custom_id": "b"');
  assert.equal(requestLine(line, swapped), line.replace('"custom_id":"a"', '"custom_id":"b"'));
  assert.throws(() => requestLine(line, text.replace('‹2.1 KB', '‹2.2 KB')), NotWritableError);
});

test('a label that stands in the text already is not used for data', () => {
  const line = `{"note":"‹2.1 KB image/png, 1 × 1›","data":"${PNG}"}`;
  const text = requestText(line);
  assert.match(text, /"data": "‹2.1 KB image\/png, 1 × 1, no. 2›"/);
  assert.equal(requestLine(line, text), line);
});

test('opening and saving changes nothing, whatever a line is', () => {
  fc.assert(fc.property(anyLine, (line) => assert.equal(requestLine(line, requestText(line)), line)));
});

test('values that are edited change, and nothing else of the line', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))), { maxLength: 4 });
  fc.assert(
    fc.property(anyLine, edits, (line, wanted) => {
      const value = JSON.parse(line) as Json;
      const scalars = placesIn(value).filter((path) => typeof at(value, path) !== 'object');
      if (scalars.length === 0) return;
      const chosen = new Map(wanted.map(([i, json]) => [i % scalars.length, json]));
      const changes = [...chosen].map(([i, json]) => replace(scalars[i]!, json));
      const edited = (text: string): string => applyChanges(text, toTextChanges(text, changes));
      assert.equal(requestLine(line, edited(requestText(line))), edited(line));
    }),
    { numRuns: 1000 },
  );
});

test('whatever is done to the text, the line has its value', () => {
  fc.assert(
    fc.property(anyLine, anyJson, (line, value) => {
      const written = requestLine(line, JSON.stringify(value, null, '\t'));
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
      assert.doesNotMatch(written, /[\r\n]/);
    }),
  );
});

test('places of the text are places of the line that is judged, and back', () => {
  const line = `{"custom_id":"a","data":"${PNG}","params":{"max_tokens":"x"}}`;
  const hidden = hiddenIn(line);
  const text = requestText(line, hidden);
  for (const eol of ['\n', '\r\n']) {
    const places = new RequestPlaces(text.replaceAll('\n', eol), hidden);
    assert.deepEqual(JSON.parse(places.line), JSON.parse(line));
    for (const word of ['"custom_id"', '"params"', '"max_tokens"', '"x"']) {
      const lines = text.split('\n');
      const number = lines.findIndex((each) => each.includes(word));
      const position = { line: number, character: lines[number]!.indexOf(word) };
      assert.equal(places.toLine(position), places.line.indexOf(word));
      assert.deepEqual(places.toText(places.line.indexOf(word)), position);
    }
    const start = places.line.indexOf(PNG) - 1;
    const [labelStart, labelEnd] = [places.toText(start), places.toText(start + PNG.length + 2)];
    assert.match(text.split('\n')[2]!.slice(labelStart.character, labelEnd.character), /^"‹.*›"$/);
  }
});

/** Lines with blanks wherever JSON allows them. */
const anyLine = fc
  .tuple(anyJson, fc.array(fc.constantFrom('', '', ' ', '  ', '\t'), { minLength: 1, maxLength: 7 }))
  .map(([value, blanks]) => {
    let i = 0;
    const json = JSON.stringify(value) ?? 'null';
    return json.replaceAll(
      /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g,
      (token) => `${blanks[i++ % blanks.length]}${token}${blanks[i++ % blanks.length]}`,
    );
  });
