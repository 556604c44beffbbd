import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** The host that the proxy stands in for; no name server knows it. */
export const PROXIED_HOST = 'api.example.test';

/** The authority that vouches for it, to be given to NODE_EXTRA_CA_CERTS. */
export const PROXY_CA = path.resolve('test/fixtures/tls/ca.pem');

export interface ConnectProxy {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  /** Where it was asked to connect to: `api.example.test:443`. */
  readonly connects: readonly string[];
  close(): Promise<void>;
}

/**
 * A proxy as companies have them: it is asked to CONNECT, answers for `PROXIED_HOST` with a certificate of its own
 * authority, and hands on what was said to the server at `target`, in the clear. Other hosts it refuses.
 */
export async function startConnectProxy(target: string): Promise<ConnectProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const known = <Each extends Socket>(socket: Each): Each => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const tls = { key: readFileSync('test/fixtures/tls/server.key'), cert: readFileSync('test/fixtures/tls/server.pem') };
  const inside = createTlsServer(tls, (socket) => join(known(socket), known(connect(Number(port), hostname))));
  inside.on('tlsClientError', () => {});
  const insidePort = await listen(inside);
  const connects: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connection', known);
  proxy.on('connect', ({ url = '' }, stream) => {
    const socket = stream as Socket;
    connects.push(url);
    if (url !== `${PROXIED_HOST}:443`) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const onward = known(connect(insidePort, '127.0.0.1'));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    join(socket, onward);
  });
  const url = `http://127.0.0.1:${await listen(proxy)}`;
  return {
    url,
    connects,
    close: async () => {
      for (const server of [proxy, inside]) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function join(a: Socket, b: Socket): void {
  a.pipe(b).on('close', () => a.destroy());
  b.pipe(a).on('close', () => b.destroy());
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
