import { isArray, isObject, type Json, type JsonObject } from '../json';

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
  const body = JSON.stringify(params, null, 2).replaceAll("'", `'\\''`);
  return ['curl https://api.anthropic.com/v1/messages \\', ...headers, `  --data '${body}'`, ''].join('\n');
}

function pythonOf(params: JsonObject, { apiVersion, betas }: Sending): string {
  const given = Object.entries(params).map(([name, value]) => `    ${name}=${python(value ?? null, '    ')},`);
  const flags = betas.length > 0 ? [`    betas=${python([...betas], '    ')},`] : [];
  return [
    'import anthropic',
    '',
    `client = anthropic.Anthropic(default_headers={"anthropic-version": ${JSON.stringify(apiVersion)}})`,
    '',
    `message = client.${betas.length > 0 ? 'beta.' : ''}messages.create(`,
    ...given,
    ...flags,
    ')',
    'print(message.to_json())',
    '',
  ].join('\n');
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
