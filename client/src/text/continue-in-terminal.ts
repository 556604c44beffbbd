import path from 'node:path';
import type { ApiOptions } from '../../../runs/batches-api';
import type { Run } from '../../../runs/run';
import { isRunning } from '../../../runs/run-words';
import { ENVIRONMENT } from '../key-choice';
import { hostOf, tailPhrase } from './destination';

/** It goes on, and not in the sandbox of this window. */
export const canContinueInTerminal = (run: Run): boolean => isRunning(run) && !run.sandbox;

/** What differs here from what the terminal would take by itself. */
export interface TerminalSituation {
  /** The state folder, where a setting names it. */
  readonly stateDir: string | undefined;
  readonly gateway: Pick<ApiOptions, 'keyHeader' | 'headers'>;
  /** As in `process.platform`. */
  readonly platform: string;
}

/** The command that goes on with a run, to be run in the folder of its file: `message-batches run tickets.batch.jsonl …` */
export function terminalCommand(run: Run, { stateDir, gateway, platform }: TerminalSituation): string {
  const words = [
    'message-batches',
    'run',
    asArgument(path.basename(run.source)),
    '--base-url',
    run.baseUrl,
    '--api-version',
    run.apiVersion,
    ...run.betas.flatMap((beta) => ['--beta', beta]),
    ...(stateDir ? ['--state-dir', stateDir] : []),
    ...(gateway.keyHeader ? ['--key-header', gateway.keyHeader] : []),
    ...Object.entries(gateway.headers ?? {}).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
  ];
  return words.map((word) => quoted(word, platform)).join(' ');
}

/** What is to be done before the command is run; undefined where nothing is. */
export function terminalAdvice({ key, baseUrl }: Run): string | undefined {
  if (key.name === ENVIRONMENT) return undefined;
  return `The key "${key.name}"${tailPhrase(key.tail)} for ${hostOf(baseUrl)} stays in the editor: set ANTHROPIC_API_KEY before you press Enter.`;
}

/** A name that begins like a flag is none. */
const asArgument = (name: string): string => (name.startsWith('-') ? `./${name}` : name);

function quoted(word: string, platform: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A program of that name which runs the command line of this extension by the editor's own Node. */
export function launcher(
  node: string,
  cli: string,
  platform: string,
): { readonly name: string; readonly text: string } {
  return platform === 'win32'
    ? { name: 'message-batches.cmd', text: `@set ELECTRON_RUN_AS_NODE=1\r\n@"${node}" "${cli}" %*\r\n` }
    : {
        name: 'message-batches',
        text: `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node, platform)} ${quoted(cli, platform)} "$@"\n`,
      };
}
