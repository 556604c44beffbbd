import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, type TestContext } from 'node:test';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server';
import { bundled } from '../support/bundle';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line on stderr. */
  readonly last: string;
}

export interface Started {
  readonly process: ReturnType<typeof spawn>;
  readonly ended: Promise<Ended>;
}

interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Leaves stdin open. */
  readonly keepsStdin?: boolean;
}

/** The command line as it is shipped, built once for the tests of a file. */
export function builtCli() {
  let folder = '';
  let remove = () => {};
  before(async () => {
    ({ folder, remove } = await bundled({
      'cli.js': 'cli/main.ts',
      'runs.js': 'runs/index.ts',
      'sandbox.js': 'sandbox/main.ts',
      'server.js': 'server/src/main.ts',
      'check-worker.js': 'files/check-worker.ts',
    }));
  });
  after(() => remove());

  function start(args: readonly string[], { cwd, env, input, keepsStdin }: StartOptions = {}): Started {
    const child = spawn(process.execPath, [path.join(folder, 'cli.js'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: folder, ...env },
    });
    if (!keepsStdin) child.stdin.end(input);
    return { process: child, ended: endOf(child) };
  }
  return { start, run: (...args: Parameters<typeof start>) => start(...args).ended };
}

function endOf(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => {
    stdout += data;
  });
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr, last: stderr.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

/** A folder of one's own with these files. */
export function folderWith(test: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

/** A folder with a batch file, a sandbox that ends batches at once, and the environment that leads there. */
export async function workplace(
  test: TestContext,
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; cwd: string; env: Record<string, string> }> {
  const sandbox = await startSandbox({ processingMs: 0, ...options });
  test.after(() => sandbox.close());
  const cwd = folderWith(test, { 'tickets.jsonl': batch(5) });
  const env = {
    ANTHROPIC_BASE_URL: sandbox.url,
    ANTHROPIC_API_KEY: sandbox.token,
    MESSAGE_BATCHES_STATE_DIR: path.join(cwd, 'state'),
  };
  return { sandbox, cwd, env };
}

/** A batch file of `count` requests that are all right. */
export function batch(count: number): string {
  return Array.from({ length: count }, (_, index) => `${line(`ticket-${index}`)}\n`).join('');
}

export function line(customId: string, params: object = {}): string {
  return JSON.stringify({
    custom_id: customId,
    params: {
      model: 'claude-haiku-5-5',
      max_tokens: 200,
      messages: [{ role: 'user', content: 'Where is my order?' }],
      ...params,
    },
  });
}

/** How many creates arrived. */
export function creates({ requests }: Sandbox): number {
  return requests.filter(({ method, path: at }) => method === 'POST' && at === '/v1/messages/batches').length;
}
