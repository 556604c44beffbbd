import type { TestContext } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server';

/** A sandbox for one test, in which nothing ends by itself unless the options say so, and the real SDK on it. */
export async function sandboxFor(
  test: TestContext,
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; client: Anthropic }> {
  const sandbox = await startSandbox({
    processingMs: Number.POSITIVE_INFINITY,
    cancelMs: Number.POSITIVE_INFINITY,
    ...options,
  });
  test.after(() => sandbox.close());
  return { sandbox, client: clientOf(sandbox) };
}

export function clientOf({ url, token }: Pick<Sandbox, 'url' | 'token'>): Anthropic {
  return new Anthropic({ apiKey: token, baseURL: url, maxRetries: 0, logLevel: 'off' });
}

/** `count` requests that any model answers. */
export function requests(count: number, params: object = {}): Anthropic.Messages.BatchCreateParams.Request[] {
  return Array.from({ length: count }, (_, index) => ({
    custom_id: `ticket-${index}`,
    params: {
      model: 'claude-haiku-4-5',
      max_tokens: 512,
      messages: [{ role: 'user', content: `Where is order ${index}?` }],
      ...params,
    },
  }));
}

/** A call as any HTTP client makes it. */
export function call(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { 'x-api-key': sandbox.token, 'anthropic-version': '2023-06-01', ...init.headers },
  });
}
