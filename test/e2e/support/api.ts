import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Stage } from './stage';

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
export function requestOf(customId: string, text = 'Say hello.'): object {
  const params = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: text }] };
  return { custom_id: customId, params };
}

/** The text of a batch file of these ids. */
export function batchText(ids: readonly string[], text?: string): string {
  return ids.map((id) => `${JSON.stringify(requestOf(id, text))}\n`).join('');
}

/** Runs the command line on the journal of the workbench, in the folder of its samples; returns its exit code. */
export async function inTerminal(stage: Stage, ...args: string[]): Promise<number> {
  const { url, token } = stage.api;
  const child = spawn(process.execPath, [path.resolve('dist', 'cli.js'), ...args], {
    cwd: stage.samples,
    env: { ...process.env, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: token, MESSAGE_BATCHES_STATE_DIR: stage.state },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  return code;
}
