import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, type Json, type JsonObject } from '../../batch/json';
import { counted } from '../../batch/wording';
import { writeNewFile } from '../../runs/new-file';
import { type DataRow, dataRows } from '../data-rows';
import { EXIT, type Exit, Failure } from '../exit';
import { parse } from '../flags';
import { freeOutput } from '../results';
import { filled } from '../template';
import type { Terminal } from '../terminal';

/** Writes a batch file: a template of one request, filled with each row of a table or of JSON Lines. */
export async function create(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, { output: { type: 'string', short: 'o' } });
  const [templateFile, dataFile, ...more] = positionals;
  const target = await freeOutput(values.output, terminal.cwd);
  if (!templateFile || !dataFile || more.length > 0 || !target) {
    throw new Failure(
      'This command takes a template, data, and -o FILE: create request.json tickets.csv -o tickets.batch.jsonl.',
    );
  }
  const template = templateOf(await read(templateFile, terminal));
  const rows = dataRows(dataFile, await read(dataFile, terminal));
  const written = await write(target, template, rows, terminal.signal);
  terminal.print(`${target}\n`);
  terminal.say(`${counted(written, 'request')}; "check" says whether the API would take them.`);
  return EXIT.ok;
}

async function read(file: string, { cwd, signal }: Terminal): Promise<string> {
  return readFile(path.resolve(cwd, file), { encoding: 'utf8', signal }).catch((error: Error) => {
    throw new Failure(`${file} cannot be read: ${error.message}.`);
  });
}

/** A request, or its params alone: then the rows are numbered. */
function templateOf(text: string): JsonObject {
  const template = parsed(text);
  if (!isObject(template))
    throw new Failure('The template is no JSON object such as {"custom_id": "{{id}}", "params": {…}}.');
  return isObject(template.params) ? template : { params: template };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

async function write(
  target: string,
  template: JsonObject,
  rows: Iterable<DataRow>,
  signal: AbortSignal,
): Promise<number> {
  let written = 0;
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const row of rows) {
      yield Buffer.from(`${JSON.stringify(requestOf(template, row))}\n`);
      written++;
    }
  }
  await writeNewFile(target, lines(), { like: null, signal });
  return written;
}

function requestOf(template: JsonObject, { number, fields }: DataRow): JsonObject {
  try {
    const { custom_id = `row-${number}`, ...rest } = template;
    const id = filled(custom_id, fields);
    return { custom_id: typeof id === 'number' ? String(id) : id, ...(filled(rest, fields) as JsonObject) };
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`Row ${number} of the data: ${error.message}`);
    throw error;
  }
}
