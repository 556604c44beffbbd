import type { LineFacts } from '../analysis';
import { csvRecord } from '../csv';
import { total } from './totals';

const COLUMNS = [
  'file',
  'line',
  'custom_id',
  'model',
  'system_tokens',
  'tools_tokens',
  'messages_tokens',
  'media_tokens',
  'input_tokens_low',
  'input_tokens_expected',
  'input_tokens_high',
  'output_tokens_expected',
  'output_tokens_at_most',
  'batch_input_usd_low',
  'batch_input_usd_expected',
  'batch_input_usd_high',
  'batch_output_usd_expected',
  'batch_output_usd_at_most',
  'server_tool_usd_expected',
  'server_tool_usd_at_most',
  'standard_usd_expected',
  'standard_usd_at_most',
] as const;

/** The first record of a file with what each request costs (RFC 4180). */
export const COST_HEADER = csvRecord(COLUMNS);

/** The record of the request on a 0-based line. USD are plain digits; empty where no price is known. */
export function costRecord(file: string, line: number, { customId, model, estimate }: LineFacts): string {
  const { inputTokens, inputParts, outputTokens, usd, standardUsd } = estimate;
  const { system, tools, messages, media } = inputParts;
  const tokens = [system, tools, messages, media, inputTokens.low, inputTokens.expected, inputTokens.high];
  const amounts = usd
    ? [
        ...[usd.input.low, usd.input.expected, usd.input.high, usd.output.expected, usd.output.high],
        ...[usd.fees?.expected ?? 0, usd.fees?.high ?? 0],
      ]
    : [null, null, null, null, null, null, null];
  const alone = standardUsd ? [total(standardUsd).expected, total(standardUsd).high] : [null, null];
  return csvRecord([
    file,
    String(line + 1),
    customId ?? '',
    model ?? '',
    ...[...tokens, outputTokens.expected, outputTokens.high].map((amount) => String(Math.round(amount))),
    ...[...amounts, ...alone].map(plainDigits),
  ]);
}

/** A spreadsheet reads no `1e-7`. */
function plainDigits(amount: number | null): string {
  return amount === null ? '' : amount.toFixed(10).replace(/\.?0+$/, '');
}
