import { isArray, isObject, type Json, type JsonObject } from '../json';
import { SAMPLING_PARAMS } from '../rules/read-sampling';

/** How a request is sent on its own. */
export interface Sending {
  readonly apiVersion: string;
  readonly betas: readonly string[];
}

export type Language = 'curl' | 'python' | 'typescript';

/** A request of a batch as code that sends it alone through the Messages API; the key comes from the environment. */
export function requestCode(language: Language, params: JsonObject, sending: Sending): string {
  return WRITERS[language](params, sending);
}

const WRITERS: Readonly<Record<Language, (params: JsonObject, sending: Sending) => string>> = {
  curl: curlOf,
  python: pythonOf,
  typescript: typescriptOf,
};

function curlOf(params: JsonObject, { apiVersion, betas }: Sending): string {
  const headers = [
    '  --header "x-api-key: $ANTHROPIC_API_KEY" \\',
    `  --header "anthropic-version: ${apiVersion}" \\`,
    ...(betas.length > 0 ? [`  --header "anthropic-beta: ${betas.join(',')}" \\`] : []),
    '  --header "content-type: application/json" \\',
  ];
  // As a document of the shell: an argument has a length that a picture exceeds. No line of JSON is its last.
  const body = ["  --data-binary @- <<'REQUEST'", JSON.stringify(params, null, 2), 'REQUEST', ''];
  return ['curl https://api.anthropic.com/v1/messages \\', ...headers, ...body].join('\n');
}

function pythonOf(params: JsonObject, { apiVersion, betas }: Sending): string {
  const named = Object.entries(params).filter(([name]) => isArgument(name));
  const others = Object.entries(params).filter(([name]) => !isArgument(name));
  const given = named.map(([name, value]) => `    ${name}=${python(value ?? null, '    ')},`);
  const extra = others.length > 0 ? [`    extra_body=${python(Object.fromEntries(others), '    ')},`] : [];
  const flags = betas.length > 0 ? [`    betas=${python([...betas], '    ')},`] : [];
  return [
    'import anthropic',
    '',
    `client = anthropic.Anthropic(default_headers={"anthropic-version": ${JSON.stringify(apiVersion)}})`,
    '',
    `message = client.${betas.length > 0 ? 'beta.' : ''}messages.create(`,
    ...given,
    ...extra,
    ...flags,
    ')',
    'print(message.to_json())',
    '',
  ].join('\n');
}

/** Newer SDKs have no argument for what only older versions of the API take. */
function isArgument(name: string): boolean {
  return /^[a-z_]\w*$/i.test(name) && !(SAMPLING_PARAMS as readonly string[]).includes(name);
}

/** A JSON string is a Python string too: the escapes of the one mean the same in the other. */
function python(value: Json, indent: string): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  const inner = `${indent}    `;
  const items = isArray(value)
    ? value.map((item) => python(item, inner))
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${python(item ?? null, inner)}`)
      : undefined;
  if (!items) return JSON.stringify(value);
  const [open, close] = isArray(value) ? '[]' : '{}';
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.map((it) => `${inner}${it},\n`).join('')}${indent}${close}`;
}

function typescriptOf(params: JsonObject, { apiVersion, betas }: Sending): string {
  const given = betas.length > 0 ? { ...params, betas } : params;
  return [
    "import Anthropic from '@anthropic-ai/sdk';",
    '',
    `const client = new Anthropic({ defaultHeaders: { 'anthropic-version': '${apiVersion}' } });`,
    '',
    `const message = await client.${betas.length > 0 ? 'beta.' : ''}messages.create(${JSON.stringify(given, null, 2)});`,
    'console.log(message);',
    '',
  ].join('\n');
}
