import { settle } from '../earlier-run';
import type { Exit } from '../exit';
import { CALLING, choiceOf, FETCHING, JUDGING, numberOf, onlyOne, POLLING, parse, SUBMITTING } from '../flags';
import { printResults } from '../formats/runs';
import { merge } from '../merged';
import { bringResults, placeFor, sayEnd } from '../results';
import { retriesWanted, retryFailed } from '../retrying';
import { allowFailedOf, exitOf, sentOf } from '../run-words';
import { openSession } from '../session';
import { submitOnce } from '../submission';
import type { Terminal } from '../terminal';
import { waitFor } from '../waiting';

/** Submits a file, waits for its end, and fetches the results. Started again, it goes on where it was. */
export async function run(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    ...JUDGING,
    ...CALLING,
    ...SUBMITTING,
    ...POLLING,
    ...FETCHING,
    retry: { type: 'string' },
  });
  const file = onlyOne(positionals, 'a batch file');
  const format = choiceOf('format', values.format, ['text', 'json']);
  const allowFailed = allowFailedOf(values['allow-failed']);
  const retries = retriesWanted(values.retry);
  // With retries the whole of it goes there, not the first attempt.
  const output = retries > 0 ? undefined : values.output;
  const pollInterval = numberOf('poll-interval', values['poll-interval']);
  const session = await openSession(values, terminal);

  const { run: submitted, isNew, submission } = await submitOnce(file, { ...values, output }, session, terminal);
  terminal.sent = sentOf(submitted, isNew);
  const elsewhere = submitted.state === 'fetched' ? null : await placeFor(submitted, output, terminal.cwd);
  if (elsewhere) await session.journal.update(submitted.id, { resultsPath: elsewhere });
  const { models } = submission.judged.judgement.context;
  const options = { session, models, pollInterval };
  let ended = await waitFor(submitted, options, terminal);
  // The results of the batch that was found were another's.
  while (ended.state === 'uncertain') ended = await waitFor(await settle(ended, submission), options, terminal);
  const fetched = ended.state === 'fetched' ? await bringResults(ended, output, options, terminal) : ended;
  terminal.sent = sentOf(fetched, isNew);
  sayEnd(fetched, terminal);
  if (retries > 0 && fetched.state === 'fetched') {
    await retryFailed(fetched, retries, { flags: values, session, models, pollInterval }, terminal);
    const merging = { session, models, output: values.output, inputOrder: false, format, allowFailed };
    return merge(fetched, merging, terminal);
  }
  printResults(fetched, format, terminal);
  return exitOf(fetched, allowFailed);
}
