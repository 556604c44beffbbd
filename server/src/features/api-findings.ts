import { readFile } from 'node:fs/promises';
import { type ApiFault, apiFinding, isLineFault, namedRequest } from '../../../batch/api-fault';
import { isObject } from '../../../batch/json';
import { type Problem, ProblemCollector, SHOWN_PROBLEMS } from '../../../batch/problems';
import { isBlank } from '../../../files/line-splitter';
import { readLines } from '../../../files/read-lines';
import { visible } from '../../../results/visible';
import { customIdOf, parseLine } from '../../../runs/custom-id';
import { openResults } from '../../../runs/results-index';
import { lineMark, readSubmitted, type Submitted } from '../../../runs/submitted';
import type { ApiFaultOf, BatchDocument } from '../documents';
import type { ApiFindingsParams } from '../protocol';
import { pathOf } from '../uris';

/** What the API last said of each file, held against its lines as they were sent. */
export class ApiFindings {
  readonly #said = new Map<string, ApiFaultOf>();

  /** Reads what is to be known of a refusal or of results. Throws what the file system throws. */
  async keep({ uri, submitted, refusal, results }: ApiFindingsParams): Promise<void> {
    const requests = readSubmitted(await readFile(pathOf(submitted) ?? submitted, 'utf8'));
    const rows = results === undefined ? undefined : pathOf(results);
    this.#said.set(uri, rows === undefined ? ofRefusal(refusal, requests) : await ofResults(rows, requests));
  }

  forget(uri: string): void {
    this.#said.delete(uri);
  }

  /** Puts it on those lines of a document that are as they were sent. */
  giveTo(document: BatchDocument): void {
    const faultOf = this.#said.get(document.uri);
    if (faultOf) document.keepApiFaults(faultOf);
  }

  /** The same of a file on disk. */
  async onDisk(uri: string): Promise<readonly Problem[]> {
    const faultOf = this.#said.get(uri);
    const path = pathOf(uri);
    if (path === undefined || !faultOf) return [];
    const collector = new ProblemCollector(SHOWN_PROBLEMS);
    let number = -1;
    await readLines(path, ({ bytes }) => {
      number++;
      if (isBlank(bytes)) return;
      const customId = customIdOf(bytes);
      const fault = faultOf(customId ?? undefined, () => bytes);
      if (!fault) return;
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
      collector.addLine(number, text, [apiFinding(fault, text)], customId);
    });
    return collector.finish().problems;
  }
}

/** A refusal at create stands on the requests that it names; one that names none is no line's. */
function ofRefusal(refusal: ApiFault | undefined, requests: readonly Submitted[]): ApiFaultOf {
  if (!refusal || !isLineFault(refusal)) return () => undefined;
  const { index, customId } = namedRequest(refusal.message);
  const named = requests.filter((request, number) => number === index || request.customId === customId);
  return ofLines(named.map((request) => [request, shown(refusal)]));
}

async function ofResults(path: string, requests: readonly Submitted[]): Promise<ApiFaultOf> {
  const faults = new Map<string, ApiFault>();
  const results = await openResults(path, {
    onRow: (row, kind) => {
      const [customId, fault] = kind === 'errored' ? errorOf(row) : [];
      if (customId !== undefined && fault && isLineFault(fault)) faults.set(customId, shown(fault));
    },
  });
  results.close();
  return ofLines(
    requests.flatMap((request) => {
      const fault = faults.get(request.customId);
      return fault ? [[request, fault] as const] : [];
    }),
  );
}

/** A server's words, with what hides in them. */
const shown = ({ type, message }: ApiFault): ApiFault => ({ type: visible(type), message: visible(message) });

/** By the id first: only lines that may be meant are hashed. */
function ofLines(said: readonly (readonly [Submitted, ApiFault])[]): ApiFaultOf {
  const ids = new Set(said.map(([{ customId }]) => customId));
  const faults = new Map(said.map(([{ mark }, fault]) => [mark, fault]));
  return (customId, bytes) => (ids.has(customId ?? '') ? faults.get(lineMark(bytes())) : undefined);
}

/** `{"custom_id": …, "result": {"type": "errored", "error": {"type": "error", "error": {"type": …, "message": …}}}}` */
function errorOf(row: Uint8Array): [customId?: string, fault?: ApiFault] {
  const value = parseLine(row);
  const result = isObject(value) && isObject(value.result) ? value.result : {};
  const error = isObject(result.error) && isObject(result.error.error) ? result.error.error : {};
  const { type, message } = error;
  if (!isObject(value) || typeof type !== 'string' || typeof message !== 'string') return [];
  return [String(value.custom_id), { type, message }];
}
