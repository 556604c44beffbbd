import type { Path } from '../../batch/finding';
import { isArray, isObject, type Json } from '../../batch/json';

/** The paths of a value and of everything inside it. */
export function placesIn(value: Json, path: Path = []): Path[] {
  const steps = isArray(value) ? [...value.keys()] : isObject(value) ? Object.keys(value) : [];
  return [path, ...steps.flatMap((step) => placesIn(at(value, [step]), [...path, step]))];
}

/** The value at a path that is there. */
export function at(value: Json, path: Path): Json {
  return path.reduce<Json>((here, step) => (here as Record<string | number, Json>)[step] ?? null, value);
}

/** `value` with another value at a path that is there. */
export function withValue(value: Json, [step, ...rest]: Path, inner: Json): Json {
  if (step === undefined) return inner;
  const changed = withValue(at(value, [step]), rest, inner);
  if (isArray(value)) return value.with(Number(step), changed);
  return Object.fromEntries(
    Object.entries(value as object).map(([key, old]) => [key, key === step ? changed : old]),
  ) as Json;
}

/** `value` without one of its properties. */
export function without(value: Json, name: string): Json {
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== name)) as Json;
}
