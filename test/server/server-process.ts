import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { bundled } from '../support/bundle';

/** The server's bundles as they are shipped, in a folder that is gone when the test ends. */
export async function serverBundle(t: TestContext): Promise<string> {
  const { folder, remove } = await bundled({
    'server.js': 'server/src/main.ts',
    'check-worker.js': 'files/check-worker.ts',
  });
  t.after(remove);
  return folder;
}

export interface ServerProcess {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Tells it to end, and gives the exit code and the signal. */
  end(): Promise<unknown[]>;
}

/** The shipped server in a process of its own, spoken to over stdio. It ends with the test. */
export async function startServerProcess(t: TestContext, folder: string): Promise<ServerProcess> {
  const server = spawn(process.execPath, [join(folder, 'server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  t.after(() => connection.dispose());
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  return {
    connection,
    initialized,
    async end() {
      await connection.sendRequest(ShutdownRequest.type);
      const exited = once(server, 'exit');
      await connection.sendNotification(ExitNotification.type);
      return exited;
    },
  };
}
