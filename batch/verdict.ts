import type { Context } from './context';
import type { Finding, Path } from './finding';
import { isArray, isObject, type Json, type JsonObject, valueAt } from './json';
import { ruleFindings } from './lint';

/** What the rules would say of a value that is not there yet. */
export interface Verdict {
  /** It would be refused, whatever the settings. */
  readonly refused: boolean;
  /** What is to be known of it otherwise: it needs a beta, goes away, costs more. */
  readonly remark: string | undefined;
}

/** What the rules would say of each of several values that are not there yet. */
export interface ChoiceJudge {
  /** Of a value at `path`. */
  readonly value: (path: Path, choice: Json) => Verdict;
  /** Of properties of the object at `path`, each on its own. */
  readonly properties: (path: Path, choices: JsonObject) => (name: string) => Verdict;
}

/**
 * Judges what could stand at or right inside one place of a request by the same rules that would judge it there. Texts
 * are cut short first, and of a conversation that the place is not in only the end is looked at, so that this is quick.
 */
export function choiceJudge(line: Json | undefined, place: Path, context: Context): ChoiceJudge {
  const params = isObject(line) && isObject(line.params) ? line.params : undefined;
  if (!params || place[0] !== 'params') return { value: () => ACCEPTED, properties: () => () => ACCEPTED };
  const short = shortened(place[1] === 'messages' ? params : withEndOf(params)) as JsonObject;
  const findingsWith = (path: Path, choice: Json): readonly Finding[] => {
    const changed = withValue(short, path.slice(1), choice);
    return isObject(changed) ? ruleFindings({ custom_id: 'choice', params: changed }, context) : [];
  };
  const value: ChoiceJudge['value'] = (path, choice) =>
    verdictOf(findingsWith(path, choice).filter((finding) => isAbout(finding, path)));
  return {
    value,
    properties: (path, choices) => {
      const there = valueAt(short, path.slice(1));
      const all = findingsWith(path, { ...choices, ...(isObject(there) ? there : {}) });
      // What is said of none where all are together is said of none alone; what is said may be of two that do not go together.
      const suspects = new Set(Object.keys(choices).filter((name) => all.some((it) => isAbout(it, [...path, name]))));
      return (name) => (suspects.has(name) ? value([...path, name], choices[name] ?? null) : ACCEPTED);
    },
  };
}

const ACCEPTED: Verdict = { refused: false, remark: undefined };

/** A copy of `value` with `choice` at `path`; containers that are missing are made. */
export function withValue(value: Json | undefined, path: Path, choice: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return choice;
  if (typeof step === 'number') {
    const items = isArray(value) ? [...value] : [];
    items[step] = withValue(items[step], rest, choice);
    return items;
  }
  const object = isObject(value) ? value : {};
  return { ...object, [step]: withValue(object[step], rest, choice) };
}

function verdictOf(findings: readonly Finding[]): Verdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    refused: errors.some(({ fixes }) => !fixes.some(({ settings }) => settings)),
    remark: findings.find(({ severity }) => severity !== 'hint')?.message,
  };
}

/** At the place, inside it, or, of a tag, at the object that it says the kind of. */
function isAbout({ place }: Finding, path: Path): boolean {
  if (place.at === 'text') return false;
  const isInside = path.every((step, index) => place.path[index] === step);
  const isTagged = path.at(-1) === 'type' && place.path.length === path.length - 1;
  return isInside || (isTagged && place.path.every((step, index) => path[index] === step));
}

const LONGEST = 200;

function shortened(value: Json): Json {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  if (isArray(value)) return value.map(shortened);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner ?? null)]));
}

function withEndOf(params: JsonObject): JsonObject {
  return isArray(params.messages) ? { ...params, messages: params.messages.slice(-2) } : params;
}
