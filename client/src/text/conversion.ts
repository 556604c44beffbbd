import { counted } from '../../../batch/wording';
import type { ConvertedFile } from '../../../files/convert-file';

/** What was converted and what did not carry over, in Markdown. */
export function conversionMarkdown(name: string, { requests, lost }: ConvertedFile): string {
  const rows = lost.map(({ what, requests: times, line }) => `| ${what.replaceAll('|', '\\|')} | ${times} | ${line} |`);
  return [
    `# ${name}`,
    `${counted(requests, 'request')} converted. This did not carry over:`,
    ['| What | Requests | First line |', '| --- | --: | --: |', ...rows].join('\n'),
  ].join('\n\n');
}
