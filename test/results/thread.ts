import path from 'node:path';
import { after, before } from 'node:test';
import { bundled } from '../support/bundle';

/** The script of the thread as it is shipped, built once for the tests of a file. */
export function builtThread(): () => string {
  const shipped = { folder: '', remove: () => {} };
  before(async () => {
    Object.assign(shipped, await bundled({ 'results-worker.js': 'results/thread/worker.ts' }));
  });
  after(() => shipped.remove());
  return () => path.join(shipped.folder, 'results-worker.js');
}
