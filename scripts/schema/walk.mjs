/** Calls `visit` with every schema of `definitions`, the inner ones first; it may change the schema in place. */
export function walkSchemas(definitions, visit) {
  for (const schema of Object.values(definitions)) walk(schema, visit);
}

function walk(schema, visit) {
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  for (const inner of [...Object.values(properties), items, additionalProperties, ...anyOf, ...oneOf]) {
    if (typeof inner === 'object') walk(inner, visit);
  }
  visit(schema);
}
