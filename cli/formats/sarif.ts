import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonPointer, type Severity } from '../../batch/finding';
import type { Problem } from '../../batch/problems';
import { ruleById } from '../../batch/rules';
import { version } from '../../package.json';
import type { Judged, Unreadable } from '../judge';
import { type Format, isJudged } from './report';

/** SARIF 2.1.0, which code scanning reads: docs.oasis-open.org/sarif/sarif/v2.1.0 */
export const sarif: Format = ({ files }) => `${JSON.stringify(logOf(files), null, 2)}\n`;

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function logOf(files: readonly (Judged | Unreadable)[]) {
  const judged = files.filter(isJudged);
  const used = new Set(judged.flatMap(({ check }) => check.problems.map(({ finding }) => finding.rule)));
  const unreadable = files.filter((file) => !isJudged(file)) as readonly Unreadable[];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'message-batches', version, rules: [...used].sort().map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.map(({ path: file, error }) => ({
              level: 'error',
              message: { text: error },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
            })),
          },
        ],
        results: judged.flatMap(({ path: file, check }) => check.problems.map((problem) => resultOf(file, problem))),
      },
    ],
  };
}

function ruleOf(id: string) {
  const rule = ruleById.get(id);
  return {
    id,
    shortDescription: { text: rule?.title ?? id },
    help: { text: rule?.docs ?? '', markdown: rule?.docs ?? '' },
  };
}

function resultOf(file: string, { line, start, end, finding, customId }: Problem) {
  const { rule, severity, message, place } = finding;
  const region = { startLine: line + 1, startColumn: start + 1, endLine: line + 1, endColumn: end + 1 };
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
    properties: { customId, path: place.at === 'text' ? null : jsonPointer(place.path) },
  };
}

/** Relative paths stay so: they are read against the repository's root. */
function uriOf(file: string): string {
  if (path.isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(path.sep).map(encodeURIComponent).join('/');
}
