import { readFileSync } from 'node:fs';

/** The text of a file, or `otherwise` where there is none. */
export function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  }
}
