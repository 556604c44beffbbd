import { type ApiFault, apiFinding, isLineFault, namedRequest } from '../../../batch/api-fault';
import { isObject } from '../../../batch/json';
import { type Problem, ProblemCollector, SHOWN_PROBLEMS } from '../../../batch/problems';
import { bodyHash } from '../../../files/body-hash';
import { isBlank } from '../../../files/line-splitter';
import { readLines } from '../../../files/read-lines';
import { customIdOf, parseLine } from '../../../runs/custom-id';
import { openResults } from '../../../runs/results-index';
import type { ApiFaultOf, BatchDocument } from '../documents';
import type { ApiFindingsParams } from '../protocol';
import { pathOf } from '../uris';

/** What the API last said of each file, held against the file as it was sent. */
export class ApiFindings {
  readonly #said = new Map<string, { readonly sha256: string; readonly faultOf: ApiFaultOf }>();

  /** Reads what is to be known of a refusal or of results. Throws what the file system throws. */
  async keep(params: ApiFindingsParams): Promise<void> {
    const { uri, sha256, refusal, results } = params;
    const rows = results === undefined ? undefined : pathOf(results);
    const faultOf = rows === undefined ? ofRefusal(refusal) : await ofResults(rows);
    this.#said.set(uri, { sha256, faultOf });
  }

  /** Puts it on the lines of a document that is what was sent; one that was changed since keeps what it has. */
  giveTo(document: BatchDocument): void {
    const said = this.#said.get(document.uri);
    if (said && bodyHash(document.text) === said.sha256) document.keepApiFaults(said.faultOf);
  }

  /** The same of a file on disk, whose create body has this hash. */
  async onDisk(uri: string, sha256: string | null): Promise<readonly Problem[]> {
    const said = this.#said.get(uri);
    const path = pathOf(uri);
    if (said?.sha256 !== sha256 || path === undefined || !said) return [];
    const collector = new ProblemCollector(SHOWN_PROBLEMS);
    let number = -1;
    let request = 0;
    await readLines(path, ({ bytes }) => {
      number++;
      if (isBlank(bytes)) return;
      const customId = customIdOf(bytes);
      const fault = said.faultOf(request++, customId ?? undefined);
      if (!fault) return;
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
      collector.addLine(number, text, [apiFinding(fault, text)], customId);
    });
    return collector.finish().problems;
  }
}

/** A refusal at create stands on the requests that it names; one that names none is no line's. */
function ofRefusal(refusal: ApiFault | undefined): ApiFaultOf {
  if (!refusal || !isLineFault(refusal)) return () => undefined;
  const named = namedRequest(refusal.message);
  return (request, customId) => (named.index === request || named.customId === (customId ?? '') ? refusal : undefined);
}

async function ofResults(path: string): Promise<ApiFaultOf> {
  const faults = new Map<string, ApiFault>();
  const results = await openResults(path, {
    onRow: (row, kind) => {
      const [customId, fault] = kind === 'errored' ? errorOf(row) : [];
      if (customId !== undefined && fault && isLineFault(fault)) faults.set(customId, fault);
    },
  });
  results.close();
  return (_request, customId) => (customId === undefined ? undefined : faults.get(customId));
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
