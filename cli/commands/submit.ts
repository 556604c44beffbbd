import { EXIT, type Exit } from '../exit';
import { CALLING, choiceOf, JUDGING, onlyOne, parse, SUBMITTING } from '../flags';
import { printRun } from '../formats/runs';
import { sentOf } from '../run-words';
import { openSession } from '../session';
import { submitOnce } from '../submission';
import type { Terminal } from '../terminal';

/** Submits a file and leaves it to the API; `results` or `run` fetch what comes of it. */
export async function submit(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, { ...JUDGING, ...CALLING, ...SUBMITTING });
  const file = onlyOne(positionals, 'a batch file');
  const format = choiceOf('format', values.format, ['text', 'json']);
  const { run, isNew } = await submitOnce(file, values, await openSession(values, terminal), terminal);
  terminal.sent = sentOf(run, isNew);
  printRun(run, format, terminal);
  return EXIT.ok;
}
