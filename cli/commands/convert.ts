import path from 'node:path';
import { SHAPES } from '../../batch/convert';
import { bundledModels } from '../../batch/cost/models';
import { counted, size } from '../../batch/wording';
import { convertFile } from '../../files/convert-file';
import { DataError } from '../../files/from-data/data-error';
import { EXIT, type Exit, Failure } from '../exit';
import { onlyOne, parse } from '../flags';
import { freeOutput } from '../results';
import type { Terminal } from '../terminal';

/** Makes a batch file of one in another shape, or the other way round, and says what did not carry over. */
export async function convert(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const options = {
    output: { type: 'string', short: 'o' },
    to: { type: 'string' },
    model: { type: 'string' },
  } as const;
  const { values, positionals } = parse(args, options);
  const source = path.resolve(terminal.cwd, onlyOne(positionals, 'a file'));
  const target = await freeOutput(values.output, terminal.cwd);
  if (!target)
    throw new Failure('This command takes a file, and -o FILE: convert openai.jsonl -o tickets.batch.jsonl.');
  const shape = SHAPES.find(({ id }) => id === values.to);
  if (values.to !== undefined && !shape)
    throw new Failure(`--to is one of ${SHAPES.map(({ id }) => id).join(', ')}, not "${values.to}".`);
  const { requests, lost } = await convertFile(source, target, {
    to: shape?.id,
    model: values.model ?? newestModel(),
    signal: terminal.signal,
    onProgress: (read, total) => terminal.progress(`Read ${size(read)} of ${size(total)}`),
  }).catch((error: unknown) => {
    throw error instanceof DataError ? new Failure(error.message) : error;
  });
  for (const { what, requests: times, line } of lost) {
    terminal.say(`Did not carry over in ${counted(times, 'request')}, first on line ${line}: ${what}.`);
  }
  terminal.print(`${target}\n`);
  terminal.say(`${counted(requests, 'request')} converted.`);
  return EXIT.ok;
}

function newestModel(): string {
  return bundledModels.models.find(({ status }) => status === 'active')?.id ?? '';
}
