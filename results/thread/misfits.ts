import { isObject } from '../../batch/json';
import { SchemaJudge } from '../answer-schema';
import { AskedOf } from '../asked-of';
import { requestPlaces } from '../request-places';
import { rowsInFiles } from './rows-in-files';
import type { Found, MisfitsTask, Tell } from './task';

/** What is wrong with the answers that do not fit what was asked for, by line. Throws what the file system throws. */
export async function misfitsIn({ paths, source }: MisfitsTask, tell: Tell): Promise<Found['misfits']> {
  const onProgress = (): void => tell(0, 0);
  const asked = AskedOf.open(source, await requestPlaces(source, { blocking: true, onProgress }));
  const judge = new SchemaJudge();
  const found = paths.map(() => new Map<number, string>());
  try {
    await rowsInFiles(
      paths,
      (file, rows) => {
        for (const { line, value } of rows) {
          const customId = isObject(value) && typeof value.custom_id === 'string' ? value.custom_id : null;
          const fault = judge.faultIn(asked.of(customId), value);
          if (fault !== null) found[file]?.set(line, fault);
        }
      },
      // A schema may hold a regular expression that never ends, too: each chunk has the whole time.
      (done) => tell(done, 0),
    );
    return found;
  } finally {
    asked.close();
  }
}
