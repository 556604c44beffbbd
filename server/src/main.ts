import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';
import type { Known } from './settings';

/**
 * Runs the language server on `connection`, by default on the one that the process's arguments name: `--stdio`,
 * `--node-ipc`, `--pipe`. The process ends with it. `known` is what counts until the client tells more.
 */
export function runServer(known?: Known, connection: Connection = createConnection(ProposedFeatures.all)): void {
  startServer(connection, known);
}

if (require.main === module) runServer();
