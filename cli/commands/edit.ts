import path from 'node:path';
import type { BulkEdit } from '../../batch/bulk/bulk-edit';
import { outcomeSentence } from '../../batch/bulk/outcome-words';
import { renamingsCsv } from '../../batch/unique-ids';
import { counted, size } from '../../batch/wording';
import { type Derivation, deriveFiles } from '../../files/derive-files';
import { editFile } from '../../files/edit-file';
import { DataError } from '../../files/from-data/data-error';
import type { ReadOptions } from '../../files/read-lines';
import { writeLike } from '../../files/rewrite';
import { editedPathFor, idsPathFor, stemOf } from '../../runs/results-path';
import { EDITING, whatToDo } from '../bulk-flags';
import { EXIT, type Exit, Failure } from '../exit';
import { onlyOne, parse } from '../flags';
import { freeOutput } from '../results';
import type { Terminal } from '../terminal';

/** Changes many requests at once in a copy, or makes new files of some of them; all other bytes stay. */
export async function edit(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, { ...EDITING, output: { type: 'string', short: 'o' } });
  const file = onlyOne(positionals, 'a batch file');
  const source = path.resolve(terminal.cwd, file);
  const work = whatToDo(values);
  try {
    if ('edits' in work) await writeCopy(source, values.output, work.edits, terminal);
    else await writeFiles(source, values.output, work.derivation, terminal);
  } catch (error) {
    throw asFailure(error, file);
  }
  return EXIT.ok;
}

async function writeCopy(
  source: string,
  output: string | undefined,
  edits: readonly BulkEdit[],
  terminal: Terminal,
): Promise<void> {
  const target = (await freeOutput(output, terminal.cwd)) ?? (await editedPathFor(source));
  const outcome = await editFile(source, target, edits, reading(terminal));
  terminal.print(`${target}\n`);
  terminal.say(outcomeSentence(outcome));
  if (outcome.renamed.length === 0) return;
  const ids = await idsPathFor(target);
  await writeLike(target, ids, [Buffer.from(renamingsCsv(outcome.renamed))]);
  terminal.say(`The old and the new custom_ids are in ${ids}.`);
}

/** `-o` names the one file that is made, or what the names of several begin with. */
async function writeFiles(
  source: string,
  output: string | undefined,
  derivation: Derivation,
  terminal: Terminal,
): Promise<void> {
  const isOne = derivation.kind === 'sample' || derivation.kind === 'shuffle';
  const one = isOne ? await freeOutput(output, terminal.cwd) : null;
  const place = output === undefined ? path.dirname(source) : path.dirname(path.resolve(terminal.cwd, output));
  const stem = stemOf(output ?? source);
  const placeOf = (name: string): string => one ?? path.join(place, `${stem}.${name}.batch.jsonl`);
  const files = await deriveFiles(source, placeOf, derivation, reading(terminal));
  for (const { path: made, requests } of files) {
    terminal.print(`${made}\n`);
    terminal.say(`${path.basename(made)}: ${counted(requests, 'request')}.`);
  }
}

const reading = ({ signal, progress }: Terminal): ReadOptions => ({
  signal,
  onProgress: (read, total) => progress(`Read ${size(read)} of ${size(total)}`),
});

function asFailure(error: unknown, file: string): unknown {
  if (error instanceof DataError) return new Failure(error.message);
  const { code, dest, path: place = dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === 'EEXIST') return new Failure(`${place} exists already, and nothing is ever overwritten.`);
  return code === 'ENOENT' ? new Failure(`${file} cannot be read: there is no such file.`) : error;
}
