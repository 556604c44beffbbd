import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Sandbox, SandboxOptions } from '../../../sandbox/options';
import { startSandbox } from '../../../sandbox/server';
import { type Stage, withSettings } from './stage';

/** The API as a colleague uses it: with the same key, and not through the workbench. */
export function apiOf({ url, token }: Stage['api']) {
  const call = async (method: string, place: string, body?: object): Promise<Response> => {
    const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' };
    return fetch(`${url}/v1/messages/batches${place}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  };
  const status = async (id: string): Promise<string> => (await read(await call('GET', `/${id}`))).processing_status;
  return {
    /** Creates a batch of these ids and returns its own. */
    async create(ids: readonly string[]): Promise<string> {
      return (await read(await call('POST', '', { requests: ids.map((id) => requestOf(id)) }))).id;
    },
    /** Resolves when a batch has ended. */
    async ended(id: string): Promise<void> {
      while ((await status(id)) !== 'ended');
    },
    status,
    /** Whether a batch is there. */
    exists: async (id: string): Promise<boolean> => (await call('GET', `/${id}`)).ok,
    /** How many batches there are, of at most 1000. */
    count: async (): Promise<number> => (await read(await call('GET', '?limit=1000'))).data.length,
  };
}

interface Answer {
  readonly id: string;
  readonly processing_status: string;
  readonly data: readonly unknown[];
}

async function read(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`The API answered ${response.status}.`);
  return (await response.json()) as Answer;
}

/** A request that the check has nothing against. */
export function requestOf(customId: string, content = 'Say hello.'): object {
  const params = { model: 'claude-haiku-4-5', max_tokens: 1024, messages: [{ role: 'user', content }] };
  return { custom_id: customId, params };
}

/** The text of a batch file of these ids. */
export function batchText(ids: readonly string[], prompt?: string): string {
  return ids.map((id) => `${JSON.stringify(requestOf(id, prompt))}\n`).join('');
}

/** Runs the command line on the journal of the workbench, in the folder of its samples, against an API. */
export async function inTerminal(
  { samples, state, api }: Pick<Stage, 'samples' | 'state' | 'api'>,
  ...args: string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(process.execPath, [path.resolve('dist', 'cli.js'), ...args], {
    cwd: samples,
    env: {
      ...process.env,
      ANTHROPIC_BASE_URL: api.url,
      ANTHROPIC_API_KEY: api.token,
      MESSAGE_BATCHES_STATE_DIR: state,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, said };
}

/** An API of a test's own, at which its windows send, with the key of the stage. */
export async function withSandbox(
  stage: Stage,
  options: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ token: stage.api.token, cancelMs: 500, retryAfterSeconds: null, ...options });
  try {
    await withSettings(stage, { 'messageBatches.baseUrl': sandbox.url }, () => work(sandbox));
  } finally {
    await sandbox.close();
  }
}
