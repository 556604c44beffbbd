import { type Exit } from '../exit';
import { CALLING, choiceOf, JUDGING, onlyOne, parse, SUBMITTING, WAITING } from '../flags';
import { fetchElsewhere } from '../fetching';
import { printResults } from '../formats/runs';
import { endPhrase, exitOf, sentOf } from '../run-words';
import { openSession } from '../session';
import { submitOnce } from '../submission';
import type { Terminal } from '../terminal';
import { allowFailedOf, waitFor } from '../waiting';

/** Submits a file, waits for its end, and fetches the results. Started again, it goes on where it was. */
export async function run(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, { ...JUDGING, ...CALLING, ...SUBMITTING, ...WAITING });
  const file = onlyOne(positionals, 'a batch file');
  const format = choiceOf('format', values.format, ['text', 'json']);
  const allowFailed = allowFailedOf(values['allow-failed']);
  const session = await openSession(values, terminal);
  const submitted = await submitOnce(file, values, session, terminal);
  terminal.sent = sentOf(submitted.run, submitted.isNew);
  const models = submitted.judged.judgement.context.models;
  const options = { session, models, pollInterval: values['poll-interval'] };
  const ended = await fetchElsewhere(await waitFor(submitted.run, options, terminal), values.output, options, terminal);
  terminal.say(endPhrase(ended));
  printResults(ended, format, terminal);
  return exitOf(ended, allowFailed);
}
