import type { Severity } from '../../batch/finding';
import type { Problem } from '../../batch/problems';
import { type Format, isJudged } from './report';

/**
 * GitHub Actions' workflow commands: each problem becomes an annotation in the diff.
 * docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const github: Format = ({ files }) =>
  files
    .flatMap((file) => {
      if (!isJudged(file)) return [command('error', { file: file.path }, file.error)];
      const { path, check, tooExpensive } = file;
      const problems = check.problems.map((problem) => annotation(path, problem));
      return tooExpensive ? [...problems, command('error', { file: path }, tooExpensive)] : problems;
    })
    .join('');

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function annotation(file: string, { line, start, end, finding }: Problem): string {
  const place = { file, line: line + 1, endLine: line + 1, col: start + 1, endColumn: end + 1, title: finding.rule };
  return command(LEVELS[finding.severity], place, finding.message);
}

function command(level: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const said = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${said.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
