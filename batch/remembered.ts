/**
 * `read` with its last answer remembered, by what was read (an object: that very one): the rules of a line all ask the same of the
 * same request, one after the other. Nothing may change what was read or the answer.
 */
export function remembered<Key extends object | string, Value>(read: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: read(key) };
    return last.value;
  };
}
