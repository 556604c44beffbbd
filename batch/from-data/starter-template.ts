import type { ModelTable } from '../cost/models';

/** A template to begin with: a request that says all columns, on several lines so that it can be read. */
export function starterTemplate(columns: readonly string[], models: ModelTable): string {
  const model = models.models.find(({ status }) => status === 'active')?.id ?? '';
  const id = columns.find((name) => /^(custom_?)?id$/i.test(name));
  const isFiles = columns.includes('block');
  const said = columns.filter((name) => name !== id).map((name) => `${name}: {{${name}}}`);
  const content = isFiles ? ['{{block}}', { type: 'text', text: '' }] : said.join('\n');
  const template = {
    ...((id || isFiles) && { custom_id: `{{${isFiles ? 'path' : id}}}` }),
    params: { model, max_tokens: 1024, messages: [{ role: 'user', content }] },
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}
