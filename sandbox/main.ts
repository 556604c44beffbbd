import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SandboxOptions } from './options';
import { parseRowFault } from './row-faults';
import { startSandbox } from './server';

/**
 * Runs a sandbox as a process: prints one line of JSON, `{"url","token"}`, when it listens, and ends when it is told to
 * or when whoever started it is gone. Throws for flags that it does not know.
 */
export async function main(args: readonly string[]): Promise<void> {
  const sandbox = await startSandbox(optionsOf(args));
  let closing = false;
  const end = async () => {
    if (closing) return;
    closing = true;
    await sandbox.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  whenParentIsGone(end);
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, token: sandbox.token })}\n`);
}

function optionsOf(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      token: { type: 'string' },
      'processing-ms': { type: 'string' },
      'cancel-ms': { type: 'string' },
      'window-ms': { type: 'string' },
      row: { type: 'string', multiple: true },
      seed: { type: 'string' },
    },
  });
  return {
    token: values.token,
    port: number('port', values.port),
    processingMs: number('processing-ms', values['processing-ms']),
    cancelMs: number('cancel-ms', values['cancel-ms']),
    windowMs: number('window-ms', values['window-ms']),
    rowFaults: values.row?.map(parseRowFault),
    seed: values.seed,
  };
}

function number(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value) || value < 0)
    throw new Error(`--${flag} takes a number, not "${text}".`);
  return value;
}

/** A parent holds either an IPC channel or the other end of stdin; a terminal or `/dev/null` there says nothing. */
function whenParentIsGone(end: () => void): void {
  if (process.send) {
    process.on('disconnect', end);
    return;
  }
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  process.stdin.resume();
  process.stdin.on('end', end);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  });
}
