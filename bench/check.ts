import { CheckThread } from '../files/check-thread';
import { judgementFor } from '../files/judgement';
import { readLines } from '../files/read-lines';
import { parseSettings } from '../files/settings-file';
import { interleaved } from './median';
import type { Row } from './row';

/** A check with every rule and the estimate, on a thread that is new each time, against parsing each line. */
export async function measureCheck(what: string, file: string): Promise<Row> {
  const settings = { path: null, ...parseSettings('{}') };
  const { context, judgedBy } = judgementFor(file, settings, { now: Date.now() });
  const check = () => new CheckThread().check(file, { context, judgedBy, limit: 900 });
  const { counts } = await check();
  const { ours, yardstick } = await interleaved(
    3,
    async () => void (await check()),
    async () => void (await readLines(file, ({ bytes }) => parse(bytes))),
  );
  const note = `${Math.round(ours)} ms; ${counts.error} errors, ${counts.warning} warnings`;
  return {
    what,
    yardstick: 'JSON.parse of every line',
    value: ours / yardstick,
    unit: '×',
    reach: { most: 1.5 },
    note,
  };
}

function parse(bytes: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    // A bad line costs its parsing too.
  }
}
