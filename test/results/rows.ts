/** Lines of results files for the tests in this folder. */

const usage = { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 50, cache_creation_input_tokens: 0 };

export function line(customId: string, result: object): string {
  return `${JSON.stringify({ custom_id: customId, result })}\n`;
}

export function answered(customId: string, text: string, changes: object = {}): string {
  const content = [{ type: 'text', text }];
  const message = { model: 'claude-haiku-4-5', content, stop_reason: 'end_turn', usage, ...changes };
  return line(customId, { type: 'succeeded', message });
}

export function failed(customId: string, type: string, message: string): string {
  return line(customId, { type: 'errored', error: { type: 'error', error: { type, message }, request_id: null } });
}
