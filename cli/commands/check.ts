import { SHOWN_PROBLEMS } from '../../batch/problems';
import { EXIT, type Exit, Failure } from '../exit';
import { fixedCopy } from '../fix';
import { choiceOf, JUDGING, judgingOf, numberOf, parse, someOf } from '../flags';
import { github } from '../formats/github';
import { json } from '../formats/json';
import { type Format, isJudged, type Report } from '../formats/report';
import { sarif } from '../formats/sarif';
import { text } from '../formats/text';
import { judge } from '../judge';
import type { Terminal } from '../terminal';

/** What each format shows of many problems, unless a flag says otherwise: people a selection, programs all. */
const FORMATS: Readonly<
  Record<'text' | 'json' | 'github' | 'sarif', { readonly write: Format; readonly limit: number }>
> = {
  text: { write: text, limit: SHOWN_PROBLEMS },
  json: { write: json, limit: Number.POSITIVE_INFINITY },
  github: { write: github, limit: SHOWN_PROBLEMS },
  sarif: { write: sarif, limit: Number.POSITIVE_INFINITY },
};

/**
 * Judges files. Exit 1 where one has an error, or could cost more than is allowed. With `--fix` the findings of some rules
 * are mended in a copy, and the copy is judged.
 */
export async function check(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    ...JUDGING,
    format: { type: 'string' },
    'max-problems': { type: 'string' },
    fix: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
  });
  const paths = someOf(positionals, 'batch files, or - for stdin');
  const format = FORMATS[choiceOf('format', values.format, ['text', 'json', 'github', 'sarif'])];
  const options = {
    flags: judgingOf(values),
    limit: Math.max(1, numberOf('max-problems', values['max-problems']) ?? format.limit),
    maxCost: numberOf('max-cost', values['max-cost']),
  };
  if (values.output !== undefined && !values.fix) throw new Failure('-o goes with --fix: it names the mended copy.');
  const files: Report['files'][number][] = [];
  const judged = values.fix ? [await fixedCopy(paths, values.fix, values.output, options.flags, terminal)] : paths;
  for (const path of judged) files.push(await judge(path, options, terminal));
  terminal.print(format.write({ files }));
  return exitOf({ files });
}

function exitOf({ files }: Report): Exit {
  if (!files.every(isJudged)) return EXIT.failure;
  return files.some(({ check, tooExpensive }) => check.counts.error > 0 || tooExpensive !== null)
    ? EXIT.findings
    : EXIT.ok;
}
