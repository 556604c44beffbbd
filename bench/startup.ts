import { statSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import manifest from '../package.json';
import { inProcesses } from './in-processes';
import { timed } from './median';
import type { Row } from './row';

const STUB = path.join(__dirname, 'extension.js');

/** What every window pays for the extension, also where there is no batch file. */
export async function measureStartup(): Promise<Row[]> {
  const { start } = await inProcesses(9, { start: ['start'] });
  return [
    {
      what: 'start of the extension in a window without batch files',
      yardstick: 'nothing',
      value: start.ms,
      unit: 'ms',
      reach: { most: 5 },
      note: 'loaded and activated, in a new process',
    },
    {
      what: 'what is loaded for it',
      yardstick: 'nothing',
      value: statSync(STUB).size / 1024,
      unit: 'KB',
      reach: { most: 10 },
      note: `${path.basename(manifest.main)}; the rest when a batch file is shown or a command is used`,
    },
  ];
}

/** The case: milliseconds to load and activate what `main` of the manifest names, in an editor where nothing is open. */
export async function start(): Promise<number> {
  const modules = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = modules._load;
  modules._load = (request, ...rest) => (request === 'vscode' ? EDITOR : load(request, ...rest));
  const context = { subscriptions: [], extension: { packageJSON: manifest } };
  // An extension host has loaded Node's own modules long before.
  await import('node:fs/promises');
  return timed(() => (require(STUB) as { activate(context: unknown): void }).activate(context));
}

const nothing = { dispose() {} };
const event = () => nothing;

class EventEmitter {
  readonly event = event;
  dispose(): void {}
}

/** A part of the editor in which nothing is open: whatever is registered or listened to, nothing comes of it. */
function part<T extends object>(own: T): T {
  return new Proxy(own, { get: (of, name) => Reflect.get(of, name) ?? event });
}

/** As much of `vscode` as is asked at the start. */
const EDITOR = {
  EventEmitter,
  Disposable: { from: () => nothing },
  TabInputText: class {},
  commands: part({}),
  window: part({ tabGroups: part({ all: [] }) }),
  workspace: part({
    textDocuments: [],
    getConfiguration: () => ({ get: (_: string, fallback: unknown) => fallback }),
  }),
};
