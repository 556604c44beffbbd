/**
 * Changes `definitions` as the entries `{at, change, reason, source, date}` say. `at` names a definition and, below it,
 * keys: `BetaMetadata/properties/user_id`; in a key `*` stands for anything, and only existing places match. `change` is
 * a JSON merge patch (RFC 7396): null removes. Throws where an entry matches nothing: the SDK's types have moved on.
 */
export function applyOverlay(definitions, entries) {
  for (const { at, change } of entries) {
    const places = find(definitions, at.split('/'));
    if (places.length === 0) throw new Error(`schemas/overlay.json: nothing at ${at}`);
    for (const place of places) merge(place, change);
  }
}

function find(node, [step, ...rest]) {
  if (step === undefined) return [node];
  const wanted = new RegExp(`^${step.split('*').map(literal).join('.*')}$`);
  const keys = Object.keys(node).filter((key) => wanted.test(key) && typeof node[key] === 'object');
  return keys.flatMap((key) => find(node[key], rest));
}

function literal(text) {
  return text.replace(/[.[\]$()+?^|\\{}]/g, '\\$&');
}

function merge(target, patch) {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (isObject(value) && isObject(target[key])) merge(target[key], value);
    else target[key] = value;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
