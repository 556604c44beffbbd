import path from 'node:path';
import { counted, size } from '../../batch/wording';
import { createFile } from '../../files/from-data/create-requests';
import { DataError } from '../../files/from-data/data-error';
import { idsPathFor } from '../../runs/results-path';
import { EXIT, type Exit, Failure } from '../exit';
import { parse } from '../flags';
import { freeOutput } from '../results';
import type { Terminal } from '../terminal';

/** Writes a batch file: a template of one request, filled with each row of a table, of JSON, or with each file of a folder. */
export async function create(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, { output: { type: 'string', short: 'o' } });
  const [template, data, ...more] = positionals;
  const target = await freeOutput(values.output, terminal.cwd);
  if (!template || !data || more.length > 0 || !target) {
    throw new Failure(
      'This command takes a template, data, and -o FILE: create request.json tickets.csv -o tickets.batch.jsonl.',
    );
  }
  const source = { template: path.resolve(terminal.cwd, template), data: path.resolve(terminal.cwd, data) };
  const idsTarget = await idsPathFor(target);
  const { requests, renamed, skipped } = await createFile(source, target, {
    idsTarget,
    signal: terminal.signal,
    onProgress: (read, total) => terminal.progress(`Read ${size(read)} of ${size(total)}`),
  }).catch((error: unknown) => {
    throw asFailure(error);
  });
  for (const file of skipped) terminal.say(`${file} is neither text nor image nor PDF and was left out.`);
  if (renamed > 0) terminal.say(`${counted(renamed, 'custom_id')} could not stay: old and new are in ${idsTarget}.`);
  terminal.print(`${target}\n`);
  terminal.say(`${counted(requests, 'request')}; "check" says whether the API would take them.`);
  return EXIT.ok;
}

function asFailure(error: unknown): unknown {
  if (error instanceof DataError) return new Failure(error.message);
  const { code, path: file = '' } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? new Failure(`${file} cannot be read: there is no such file.`) : error;
}
