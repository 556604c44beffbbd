import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';

/**
 * Runs the language server on `connection`, by default on the one that the process's arguments name: `--stdio`,
 * `--node-ipc`, `--pipe`. The process ends with it.
 */
export function runServer(connection: Connection = createConnection(ProposedFeatures.all)): void {
  startServer(connection);
}

if (require.main === module) runServer();
