import { createHash } from 'node:crypto';
import { CreateBody } from './create-body';
import type { LineSelection } from './line-selection';
import { type FileIdentity, readChunks } from './read-lines';

/** SHA-256, in hexadecimal, of the create body that a batch file of this text makes. */
export function bodyHash(text: string): string {
  const body = new CreateBody();
  return createHash('sha256')
    .update(body.push(Buffer.from(text)))
    .update(body.end())
    .digest('hex');
}

/** The same of a batch file on disk, of any size, or of some of its lines, and what the file was. Throws as `readChunks` does. */
export async function bodyHashOf(
  path: string,
  { lines, signal }: { readonly lines?: LineSelection | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<{ readonly sha256: string; readonly identity: FileIdentity }> {
  const hash = createHash('sha256');
  const body = new CreateBody(undefined, lines);
  const chunks = readChunks(path, { ...(signal && { signal }), blocking: true });
  for (;;) {
    const { done, value } = await chunks.next();
    hash.update(done ? body.end() : body.push(value));
    if (done) return { sha256: hash.digest('hex'), identity: value };
  }
}
