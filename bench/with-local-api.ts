import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Starts a local server in a process of its own, that gives `results` to whoever asks for some, as long as `use` runs. */
export async function withLocalApi<T>(results: string, use: (url: string) => Promise<T>): Promise<T> {
  const server = fork(path.join(__dirname, 'bench-local-api.js'), [results]);
  const [url] = (await once(server, 'message')) as [string];
  try {
    return await use(url);
  } finally {
    server.disconnect();
  }
}
