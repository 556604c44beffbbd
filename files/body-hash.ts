import { createHash } from 'node:crypto';
import { CreateBody } from './create-body';

/** SHA-256, in hexadecimal, of the create body that a batch file of this text makes. */
export function bodyHash(text: string): string {
  const body = new CreateBody();
  return createHash('sha256')
    .update(body.push(Buffer.from(text)))
    .update(body.end())
    .digest('hex');
}
