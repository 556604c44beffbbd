import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding, Path } from '../../batch/finding';
import { isObject, type Json, type JsonObject } from '../../batch/json';
import { analyseLine } from '../../batch/lint';
import { isValidShape } from '../../batch/schema/validate';
import { context } from '../support/contexts';
import { at, placesIn, withValue } from '../support/json-places';
import { anyJson } from './schema/arbitrary';
import { type ValidRequest, validRequests } from './valid-requests';

// fast-check prints the seed and the smallest failing value.
const RUNS = { numRuns: 2000 };

function errorsIn(line: Json, { apiVersion }: Pick<ValidRequest, 'apiVersion'>): Finding[] {
  const { findings } = analyseLine(JSON.stringify(line), context({ apiVersion }));
  return findings.filter(({ severity }) => severity === 'error');
}

test('a request that the API takes has no error', () => {
  fc.assert(
    fc.property(validRequests, ({ line, apiVersion }) => {
      assert.deepEqual(errorsIn(line, { apiVersion }), []);
    }),
    RUNS,
  );
});

/** Ways to change one place of a line; undefined where it cannot be changed so. */
const mutations: Readonly<Record<string, (line: Json, place: Path, value: Json) => Json | undefined>> = {
  'another value': (line, place, value) => withValue(line, place, value),
  'no value': (line, place) => {
    const name = place.at(-1);
    return typeof name === 'string'
      ? changedOwner(line, place, (key, old) => (key === name ? [] : [[key, old]]))
      : undefined;
  },
  'another name': (line, place) => {
    const name = place.at(-1);
    const misspelt = (key: string): string => (key === name ? `${key}x` : key);
    return typeof name === 'string' ? changedOwner(line, place, (key, old) => [[misspelt(key), old]]) : undefined;
  },
  'a field too many': (line, place) => {
    const owner = at(line, place);
    return isObject(owner) ? withValue(line, place, { ...owner, no_such_field: 1 }) : undefined;
  },
};

function changedOwner(line: Json, place: Path, change: (key: string, value: Json) => [string, Json][]): Json {
  const owner = place.slice(0, -1);
  const entries = Object.entries(at(line, owner) as { [key: string]: Json });
  return withValue(
    line,
    owner,
    Object.fromEntries(entries.flatMap(([key, value]) => change(key, value))) as JsonObject,
  );
}

for (const [name, mutate] of Object.entries(mutations)) {
  test(`what the schema forbids is an error where it stands: ${name}`, () => {
    fc.assert(
      fc.property(validRequests, fc.nat(), anyJson, ({ line, apiVersion }, choice, value) => {
        const places = placesIn(line);
        const place = places[choice % places.length] ?? [];
        const changed = mutate(line, place, value);
        if (changed === undefined || isValidShape(changed)) return;
        const errors = errorsIn(changed, { apiVersion });
        assert.ok(
          errors.some((error) => isNear(error, place)),
          `nothing at ${place.join('/')}: ${JSON.stringify(errors)}`,
        );
      }),
      RUNS,
    );
  });
}

/** Whether a finding's place contains another, is it, or lies within it. */
function isNear({ place }: Finding, other: Path): boolean {
  if (place.at === 'text') return true;
  const shared = Math.min(place.path.length, other.length);
  return place.path
    .slice(0, shared)
    .every((step, index) => step === other[index] || (index === shared - 1 && isRenamed(step, other[index])));
}

/** A field that was given another name is told under that. */
function isRenamed(now: string | number, before: string | number | undefined): boolean {
  return now === `${before}x`;
}
