import path from 'node:path';
import type { ApiOptions, BatchesApi } from '../runs/batches-api';
import { type Journal, openJournal } from '../runs/journal';
import { KEY_HEADERS } from '../runs/key-header';
import { singles } from '../runs/parts';
import type { Run } from '../runs/run';
import { loadRuns } from './bundles';
import { type Destination, destinationOf } from './destination';
import { Failure } from './exit';
import { choiceOf, onlyOne } from './flags';
import { stateFolder } from './state-folder';
import type { Terminal } from './terminal';

/** What a command about runs works with. */
export interface Session {
  readonly journal: Journal;
  /** Throws a `Failure` where there is no key. */
  destination(): Destination;
  /** The API for something new, under the version and betas that it was judged by. */
  apiFor(judgedBy: { readonly apiVersion: string; readonly betas: readonly string[] }): BatchesApi;
  /** The API of a run: its own address, version and betas. Throws a `Failure` where the key at hand belongs elsewhere. */
  apiOf(run: Run): BatchesApi;
}

export interface SessionFlags {
  readonly 'base-url'?: string | undefined;
  readonly 'state-dir'?: string | undefined;
  readonly 'key-header'?: string | undefined;
  readonly header?: readonly string[] | undefined;
}

/** What a gateway wants otherwise than the API: `--key-header x-api-key`, `--header 'team: support'`. */
function gatewayOf({ 'key-header': keyHeader, header = [] }: SessionFlags): Pick<ApiOptions, 'keyHeader' | 'headers'> {
  const headers = header.map((each) => {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(each) ?? [];
    if (!name || value === undefined) throw new Failure(`--header takes "name: value", not "${each}".`);
    return [name, value] as const;
  });
  return {
    ...(keyHeader !== undefined && { keyHeader: choiceOf('key-header', keyHeader, KEY_HEADERS) }),
    headers: Object.fromEntries(headers),
  };
}

export async function openSession(flags: SessionFlags, terminal: Terminal): Promise<Session> {
  const journal = await openJournal(stateFolder(flags['state-dir'], terminal), (file) =>
    terminal.say(`An entry of the journal could not be read and was put aside: ${file}`),
  );
  const gateway = gatewayOf(flags);
  const apis = new Map<string, BatchesApi>();
  // One for all calls: it has learned in which header the server takes the key.
  const newApi = (options: ApiOptions): BatchesApi => {
    const name = JSON.stringify([options.baseUrl, options.apiVersion, options.betas]);
    const agent = loadRuns().environmentProxy(options.baseUrl);
    const api = apis.get(name) ?? loadRuns().createBatchesApi({ ...options, ...gateway, agent });
    apis.set(name, api);
    return api;
  };
  const destination = () => destinationOf(flags['base-url'], terminal);
  return {
    journal,
    destination,
    apiFor({ apiVersion, betas }) {
      const { baseUrl, auth } = destination();
      return newApi({ baseUrl, auth, apiVersion, betas });
    },
    apiOf({ baseUrl, apiVersion, betas }) {
      const at = destination();
      if (new URL(at.baseUrl).origin !== new URL(baseUrl).origin) {
        throw new Failure(
          `This batch lives at ${baseUrl}, and the key at hand is for ${at.baseUrl}: use --base-url ${baseUrl}.`,
        );
      }
      return newApi({ baseUrl, auth: at.auth, apiVersion, betas });
    },
  };
}

/**
 * The run that a person means: by its id or that of its batch, the beginning of either, or the path of its file, whose
 * newest run it is. Throws a `Failure`.
 */
export async function findRun(journal: Journal, positionals: readonly string[], cwd: string): Promise<Run> {
  const name = onlyOne(positionals, 'a run: its id, its batch or its file');
  const runs = await journal.list();
  const source = path.resolve(cwd, name);
  const exact =
    runs.find((run) => run.id === name || singles([run]).some(({ batch }) => batch?.id === name)) ??
    runs.find((run) => run.source === source);
  if (exact) return exact;
  const alike = runs.filter(
    (run) => run.id.startsWith(name) || singles([run]).some(({ batch }) => batch?.id.startsWith(name)),
  );
  const [only, ...more] = alike;
  if (!only) throw new Failure(`The journal has no run ${name}; "status" lists those it has.`);
  if (more.length > 0) throw new Failure(`Several runs begin with ${name}: ${alike.map(({ id }) => id).join(', ')}.`);
  return only;
}
