#!/usr/bin/env node
import { version } from '../package.json';
import { isRunError } from '../runs/run-error';
import { cancel } from './commands/cancel';
import { check } from './commands/check';
import { convert } from './commands/convert';
import { create } from './commands/create';
import { edit } from './commands/edit';
import { estimate } from './commands/estimate';
import { lsp } from './commands/lsp';
import { report } from './commands/report';
import { results } from './commands/results';
import { retry } from './commands/retry';
import { run } from './commands/run';
import { sandbox } from './commands/sandbox';
import { status } from './commands/status';
import { submit } from './commands/submit';
import { EXIT, type Exit, Failure } from './exit';
import { HELP } from './help';
import { createTerminal, type Terminal } from './terminal';

type Command = (args: readonly string[], terminal: Terminal) => Promise<Exit>;

const COMMANDS: Readonly<Record<string, Command>> = {
  check,
  estimate,
  submit,
  run,
  status,
  cancel,
  results,
  report,
  retry,
  create,
  convert,
  edit,
  sandbox,
  lsp,
};

/** These go on after they have begun, and send nothing by themselves: there is no last word. */
const SERVERS = ['sandbox', 'lsp'];

/** Runs one command line, without the program's name. Returns what to exit with. */
export async function main(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const [name = '--help', ...rest] = args;
  if (name === '--version') terminal.print(`${version}\n`);
  if (['--help', '-h', 'help'].includes(name) || rest.includes('--help')) terminal.print(HELP);
  else if (name !== '--version') return runCommand(name, rest, terminal);
  return EXIT.ok;
}

async function runCommand(name: string, args: readonly string[], terminal: Terminal): Promise<Exit> {
  const exit = await exitOf(name, args, terminal);
  if (!SERVERS.includes(name) || exit !== EXIT.ok) terminal.say(terminal.sent.words);
  return exit;
}

async function exitOf(name: string, args: readonly string[], terminal: Terminal): Promise<Exit> {
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new Failure(`There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}.`);
    return await command(args, terminal);
  } catch (error) {
    const sentence = sentenceOf(error, terminal);
    terminal.say(sentence);
    if (wantsJson(args)) terminal.print(`${JSON.stringify({ error: sentence, sent: terminal.sent.sent }, null, 2)}\n`);
    if (error instanceof Failure) return error.exit;
    return terminal.sent.sent === 'unknown' ? EXIT.undecided : EXIT.failure;
  }
}

/** A program that reads stdout learns there what went wrong, too. */
function wantsJson(args: readonly string[]): boolean {
  return args.some((arg, i) => arg === '--format=json' || (arg === 'json' && args[i - 1] === '--format'));
}

/** The world's errors in a sentence; ours with their stack, since they are to be reported. */
function sentenceOf(error: unknown, { signal, sent }: Terminal): string {
  if (signal.aborted && sent.run)
    return `The batch goes on. Start the same command to pick it up, or \`message-batches cancel ${sent.run}\`.`;
  if (signal.aborted) return 'Stopped.';
  if (error instanceof Failure) return error.message;
  if (isRunError(error)) return error.requestId ? `${error.message} (request ${error.requestId})` : error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (require.main === module) {
  // Until the command has had its say: a process that ends without it has not done its work.
  process.exitCode = EXIT.failure;
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  // What cron and CI stop has something to say, too; a server has not.
  if (!SERVERS.includes(process.argv[2] ?? '')) process.once('SIGTERM', () => stopping.abort());
  // Whoever read our output has had enough of it.
  process.stdout.on('error', () => process.exit(EXIT.failure));
  main(process.argv.slice(2), createTerminal(process, stopping.signal)).then((exit) => {
    process.exitCode = exit;
  });
}
