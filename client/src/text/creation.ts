import { costPhrase, count, counted, size } from '../../../batch/wording';
import type { CreationPreview } from '../../../files/from-data/create-requests';

/** What is asked before a batch file is written from data. */
export function creationQuestion(name: string, preview: CreationPreview): { message: string; detail: string } {
  const { requests, bytes, estimate, counts, renamed, skipped } = preview;
  const cost = estimate.usd ? costPhrase(estimate.usd) : 'No price is known for this model.';
  const notes = [
    counts.error > 0 && `${counted(counts.error, 'error')}: the preview shows those of the first requests.`,
    counts.warning > 0 && `${counted(counts.warning, 'warning')}.`,
    renamed > 0 && `${counted(renamed, 'custom_id')} will be changed, old and new are kept beside the file.`,
    skipped.length > 0 && `${counted(skipped.length, 'file')} of the folder left out.`,
  ];
  return {
    message: `Create ${name} with ${counted(requests, 'request')} (${size(bytes)})?`,
    detail: [cost, ...notes.filter(Boolean)].join('\n'),
  };
}

/** The first requests with what is found in them, in Markdown. */
export function creationMarkdown(name: string, preview: CreationPreview): string {
  const { message, detail } = creationQuestion(name, preview);
  const first = preview.first.flatMap(({ customId, line, findings, inputTokens }) => [
    `## ${customId}`,
    `About ${count(inputTokens)} tokens of input.`,
    findings.map(({ severity, rule, message: said }) => `- ${severity}: ${said} (\`${rule}\`)`).join('\n'),
    `\`\`\`json\n${shortened(JSON.stringify(JSON.parse(line), null, 2))}\n\`\`\``,
  ]);
  return [`# ${message}`, detail.replaceAll('\n', '  \n'), 'The first requests:', ...first]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Base64 would fill the page. */
function shortened(json: string): string {
  return json.replaceAll(/"((?:[^"\\]|\\.){600})(?:[^"\\]|\\.){200,}"/g, '"$1…"');
}
