import { reportCsv, reportOf } from '../../runs/report';
import { EXIT, type Exit, Failure } from '../exit';
import { choiceOf, parse } from '../flags';
import { openSession } from '../session';
import type { Terminal } from '../terminal';

/** Prints the accounts: every run of a period with its tokens, what was estimated and what it cost. Calls no API. */
export async function report(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    'state-dir': { type: 'string' },
    format: { type: 'string' },
    since: { type: 'string' },
    until: { type: 'string' },
  });
  if (positionals.length > 0) throw new Failure(`report takes no arguments but flags, and not "${positionals[0]}".`);
  const format = choiceOf('format', values.format, ['csv', 'json']);
  const period = { since: dayOf('since', values.since), until: dayOf('until', values.until) };
  const { journal } = await openSession(values, terminal);
  const report = reportOf(await journal.list(), period);
  terminal.print(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportCsv(report));
  return EXIT.ok;
}

/** A day of UTC. Throws a `Failure`. */
function dayOf(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text)
    throw new Failure(`--${flag} takes a day such as 2026-11-20, not "${text}".`);
  return text;
}
