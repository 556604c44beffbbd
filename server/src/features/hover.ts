import type { Hover, Position } from 'vscode-languageserver';
import type { RequestEstimate } from '../../../batch/cost/estimate';
import { type Model, type ModelTable, UNKNOWN_LIMIT } from '../../../batch/cost/models';
import { total } from '../../../batch/cost/totals';
import type { Path } from '../../../batch/finding';
import { type Json, valueAt } from '../../../batch/json';
import { pathAt } from '../../../batch/json-tree';
import { type FieldInfo, fieldAt } from '../../../batch/schema/field-at';
import { count, range as figures, usd, usdRange } from '../../../batch/wording';
import type { BatchDocument } from '../documents';
import { toHover, toRange } from '../to-lsp';

/** The field's documentation; on `custom_id` also its `answer` and what this request costs, on `model` what is known of the model. */
export function hover(document: BatchDocument, position: Position, answer?: string): Hover | null {
  const { path, node, inKey } = pathAt(document.treeAt(position.line), position.character);
  if (!document.file || path.length === 0 || !node || node.children) return null;
  const value = document.valueAt(position.line);
  const field = fieldAt(path, value);
  const markdown = [
    answer,
    field && fieldMarkdown(field),
    !inKey && field && chosenMarkdown(field, node.value),
    extra(document, position.line, path, value),
  ]
    .filter(Boolean)
    .join('\n\n');
  const range = toRange({ line: position.line, start: node.offset, end: node.offset + node.length });
  return markdown === '' ? null : toHover(markdown, range);
}

function extra(document: BatchDocument, line: number, path: Path, value: Json | undefined): string | undefined {
  switch (path.join('/')) {
    case 'custom_id': {
      const facts = document.factsAt(line);
      return facts && estimateMarkdown(facts.estimate, facts.model);
    }
    case 'params/model':
      return document.judgement && modelMarkdown(valueAt(value, path), document.judgement.context.models);
  }
  return undefined;
}

function fieldMarkdown({ name, type, required, description }: FieldInfo): string {
  const heading = `**${name}** · \`${type}\`${required ? ' · required' : ''}`;
  return description ? `${heading}\n\n${description}` : heading;
}

/** What is said of the value that was chosen of those that are listed. */
function chosenMarkdown({ values }: FieldInfo, chosen: unknown): string | undefined {
  const { value, description } = values.find((it) => it.value === chosen) ?? {};
  return description && `\`${value}\`: ${description}`;
}

function estimateMarkdown(
  { inputTokens, outputTokens, usd: cost, standardUsd }: RequestEstimate,
  model: string | undefined,
): string {
  const row = (name: string, tokens: string, amount: string | null): string =>
    `| ${name} | ${tokens} | ${amount ?? '–'} |`;
  const table = [
    '| This request in a batch | Tokens | USD |',
    '|---|--:|--:|',
    row('Input, estimated', figures(inputTokens), cost && `${usd(cost.input.expected)} (${usdRange(cost.input)})`),
    row('Output, expected', count(outputTokens.expected), cost && usd(cost.output.expected)),
    row('Output, up to', count(outputTokens.high), cost && usd(cost.output.high)),
    ...(cost?.fees
      ? [row('Calls of server tools', '', `${usd(cost.fees.expected)}, up to ${usd(cost.fees.high)}`)]
      : []),
  ].join('\n');
  if (!standardUsd) return `${table}\n\nNo price is known for ${model ? `\`${model}\`` : 'a request without a model'}.`;
  return `${table}\n\nSent alone it would cost ${usd(total(standardUsd).expected)}.`;
}

function modelMarkdown(name: Json | undefined, models: ModelTable): string | undefined {
  if (typeof name !== 'string') return undefined;
  const model = models.find(name);
  if (!model) return `\`${name}\` is not in the list of models of ${models.date}.`;
  const facts = [...prices(model, models.batchFactor), ...limits(model), ...retirement(model)];
  return [
    `**${model.name}** · ${model.status}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    `As of ${models.date}.`,
  ].join('\n\n');
}

function prices({ price_usd_per_mtok: price, price_above_prompt_tokens: above }: Model, batchFactor: number): string[] {
  if (!price) return ['No price is known'];
  const both = ({ input, output }: { input: number; output: number }, factor: number): string =>
    `${usd(input * factor)} in and ${usd(output * factor)} out`;
  const usual = `Per million tokens ${both(price, batchFactor)} in a batch (sent alone ${both(price, 1)})`;
  if (!above) return [usual];
  return [usual, `Above ${count(above.prompt_tokens)} tokens of prompt ${both(above, batchFactor)} in a batch`];
}

/** Of a model that only the settings name nothing may be known. */
function limits({ context_window: window, max_output_tokens: output }: Model): string[] {
  if (window === UNKNOWN_LIMIT || output === UNKNOWN_LIMIT) return [];
  return [`Context window of ${count(window)} tokens, at most ${count(output)} tokens of output`];
}

function retirement({ retires_on, retired_on, replacement }: Model): string[] {
  const instead = replacement ? `; use \`${replacement}\` instead` : '';
  if (retired_on) return [`Retired on ${retired_on}${instead}`];
  return retires_on ? [`Retires on ${retires_on}${instead}`] : [];
}
