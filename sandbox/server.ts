import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Batch, show } from './batch-state';
import { Batches } from './batches';
import { exchange } from './exchange';
import { Faults } from './faults';
import type { RecordedRequest, Sandbox, SandboxOptions } from './options';
import { SANDBOX_TOKEN } from './token';

export type { Fault, Moment, RouteName } from './faults';
export type { Ending, MessageBatch, RecordedRequest, RowFault, RowOutcome, Sandbox, SandboxOptions } from './options';

/**
 * Starts a local Message Batches API on 127.0.0.1: the real routes, states, refusals and headers, and answers that no
 * model gave.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { server, port } = await listen(options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const token = options.token ?? SANDBOX_TOKEN + randomBytes(18).toString('base64url');
  const batches = await Batches.open(options);
  const faults = new Faults([...(options.faults ?? [])]);
  const requests: RecordedRequest[] = [];
  const resultsOrigin = options.resultsOrigin ?? url;
  const world = { token, organizationId: randomUUID(), origin: url, resultsOrigin, batches, options, faults, requests };
  server.on('request', (request, response) => {
    exchange(request, response, world).catch(() => request.socket.destroy());
  });
  const shown = (batch: Batch) => show(batch, resultsOrigin);
  return {
    url,
    token,
    port,
    requests,
    faults: faults.list,
    batches: () => batches.all().map(shown),
    async end(id, how) {
      await batches.end(batches.get(id), how);
      return shown(batches.get(id));
    },
    async advance() {
      await Promise.all(batches.all().map((batch) => batches.end(batch)));
    },
    archive: (id) => shown(batches.archive(id)),
    async close() {
      server.close();
      server.closeAllConnections();
      await batches.close();
    },
  };
}

async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  // An upload takes as long as it takes, and an idle client may come back.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
