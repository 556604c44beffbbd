import { createHash } from 'node:crypto';
import { sharedPrefix } from '../batch/cached-prefix';
import { bodyBytes } from '../batch/file-findings';
import { isObject } from '../batch/json';
import { type BatchLimits, type Piece, splitPieces } from '../batch/split';
import { bodyHashOf } from '../files/body-hash';
import { selectionOf } from '../files/line-selection';
import { type FileIdentity, isSame } from '../files/read-lines';
import { parseLine } from './custom-id';
import type { PartPlan, Run } from './run';
import { changed, digestOf, eachRequest, type Submitted, sourceError, submittedOn } from './submitted';

interface Request extends Piece {
  readonly submitted: Submitted;
  /** 0-based. */
  readonly line: number;
}

/** How the requests of a run go over as several batches. Throws `RunError`, `changed` where they are not those of the run. */
export async function planOf(
  { source, lines, sha256 }: Pick<Run, 'source' | 'lines' | 'sha256'>,
  limits: BatchLimits,
  signal?: AbortSignal,
): Promise<PartPlan[]> {
  const requests: Request[] = [];
  const identity = await eachRequest(source, { lines, signal }, ({ bytes }, line) => {
    requests.push({ bytes: bytes.length, prefix: prefixOf(bytes), submitted: submittedOn(bytes), line });
  });
  const hash = (of: Run['lines']): Promise<string> => hashOf(source, of, identity, signal);
  if ((await hash(lines)) !== sha256) throw changed(source);
  const parts: PartPlan[] = [];
  for (const numbers of splitPieces(requests, limits)) {
    const mine = numbers.flatMap((number) => requests[number] ?? []);
    const selected = selectionOf(mine.map(({ line }) => line));
    parts.push({
      lines: selected,
      requests: mine.length,
      bytes: bodyBytes({ requests: mine.length, bytes: mine.reduce((sum, { bytes }) => sum + bytes, 0) }),
      sha256: await hash(selected),
      idsDigest: digestOf(mine.map(({ submitted }) => submitted)),
    });
  }
  return parts;
}

/** Long prefixes are compared by their hashes. */
function prefixOf(line: Uint8Array): string | null {
  const request = parseLine(line);
  const prefix = isObject(request) && isObject(request.params) ? sharedPrefix(request.params) : undefined;
  return prefix === undefined ? null : createHash('sha256').update(prefix).digest('base64');
}

async function hashOf(
  source: string,
  lines: Run['lines'],
  identity: FileIdentity,
  signal: AbortSignal | undefined,
): Promise<string> {
  const read = await bodyHashOf(source, { lines, signal }).catch((error: unknown) => {
    throw sourceError(error, source);
  });
  if (!isSame(read.identity, identity)) throw changed(source);
  return read.sha256;
}
