import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isObject, type Json } from '../../../batch/json';
import { explain } from '../../../batch/schema/explain';
import { shapeFindings } from '../../../batch/schema/shape-findings';
import { isValidShape } from '../../../batch/schema/validate';
import { at, placesIn, without, withValue } from '../../support/json-places';
import { anyJson, valuesOf } from './arbitrary';

// fast-check prints the seed and the smallest failing value.
const RUNS = { numRuns: 1500 };

test('what the schema allows is valid, and there is nothing to explain', () => {
  fc.assert(
    fc.property(valuesOf(), (line) => {
      assert.deepEqual(explain(line), []);
      assert.equal(isValidShape(line), true);
    }),
    RUNS,
  );
});

test('any change of one value is refused by the validator exactly where it is explained, beside the change', () => {
  fc.assert(
    fc.property(valuesOf(), fc.nat(), anyJson, (line, choice, value) => {
      const places = placesIn(line);
      const place = places[choice % places.length] ?? [];
      const changed = withValue(line, place, value);
      const faults = explain(changed);
      assert.equal(isValidShape(changed), faults.length === 0);
      for (const { path } of faults) assert.deepEqual(path.slice(0, place.length - 1), place.slice(0, -1));
    }),
    RUNS,
  );
});

test('a field that does not exist is one fault, at its place', () => {
  fc.assert(
    fc.property(valuesOf(), fc.nat(), (line, choice) => {
      // A map has whatever fields one likes, and says what they must be.
      const closed = placesIn(line).filter((place) =>
        explain(withValue(line, place, extended(at(line, place)))).some(({ kind }) => kind !== 'wrong-type'),
      );
      const objects = closed.filter((place) => isObject(at(line, place)));
      const place = objects[choice % objects.length] ?? [];
      const changed = withValue(line, place, extended(at(line, place)));
      assert.deepEqual(
        explain(changed).map(({ kind, path }) => ({ kind, path })),
        [{ kind: 'unknown-field', path: [...place, 'no_such_field'] }],
      );
      assert.equal(isValidShape(changed), false);
    }),
    { numRuns: 300 },
  );
});

test('a field left out is one fault, or none where it may be', () => {
  fc.assert(
    fc.property(valuesOf(), fc.nat(), (line, choice) => {
      const fields = placesIn(line).filter((place) => typeof place.at(-1) === 'string');
      const place = fields[choice % fields.length] ?? [];
      const owner = place.slice(0, -1);
      const changed = withValue(line, owner, without(at(line, owner), String(place.at(-1))));
      const faults = explain(changed);
      assert.equal(isValidShape(changed), faults.length === 0);
      assert.ok(faults.every(({ path }) => path.length >= owner.length));
      if (faults.length > 0 && place.at(-1) !== 'type') {
        assert.deepEqual(
          faults.map(({ kind, path }) => ({ kind, path })),
          [{ kind: 'missing-field', path: owner }],
        );
      }
    }),
    RUNS,
  );
});

test('every fault has a finding with a message, whatever the line holds', () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, fc.record({ custom_id: anyJson, params: anyJson })), (line) => {
      const findings = shapeFindings(line);
      assert.equal(findings.length === 0, isValidShape(line));
      for (const { message } of findings) assert.match(message, /^\S.*[.?]$/su);
    }),
    RUNS,
  );
});

function extended(value: Json): Json {
  return isObject(value) ? { ...value, no_such_field: 1 } : value;
}
