import type { Readable } from 'node:stream';
import { visible } from '../results/visible';

/** The world as a command sees it, and what it must say about it in the end. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Readable;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** What a program may read: to stdout, as it is. */
  print(text: string): void;
  /** A line for a person: to stderr. What could steer the terminal, in words of a server, is shown as what it is. */
  say(line: string): void;
  /** A line that the next one replaces, where a person looks on; nothing otherwise. */
  progress(line: string): void;
  /** Whether this command sent a batch: the last line on stderr, and `sent` in JSON. */
  sent: Sent;
}

export interface Sent {
  readonly sent: boolean | 'unknown';
  /** One sentence. */
  readonly words: string;
  /** The run whose batch goes on without us. */
  readonly run?: string;
}

export const NOTHING_SENT: Sent = { sent: false, words: 'Nothing was sent.' };

/** What the terminal's process is made of. */
export type ProcessLike = Pick<NodeJS.Process, 'env' | 'cwd' | 'stdin' | 'stdout' | 'stderr'>;

export function createTerminal({ env, cwd, stdin, stdout, stderr }: ProcessLike, signal: AbortSignal): Terminal {
  const clear = stderr.isTTY ? '\r\u001b[2K' : '';
  return {
    env,
    cwd: cwd(),
    stdin,
    signal,
    print: (text) => void stdout.write(harmless(text)),
    say: (line) => void stderr.write(`${clear}${shown(line)}\n`),
    progress(line) {
      if (clear) stderr.write(clear + shown(line));
    },
    sent: NOTHING_SENT,
  };
}

/** A line for a person. A carriage return would write over what stands there. */
const shown = (line: string): string => visible(line).replaceAll('\r', '‹U+000D›');

/** What a terminal obeys, or what turns text around, but for line ends and tabs. */
const OBEYED = /(?!\r\n|[\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** What a program reads may hold words of a server or of a file, too: as JSON reads them they are the same. */
function harmless(text: string): string {
  return text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
