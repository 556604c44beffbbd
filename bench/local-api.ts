import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';

/**
 * A server process that costs as little as can be: it throws away what is posted, answers with a batch, and gives the
 * bytes of the file it was started with to whoever asks for results. Prints its URL and ends with its parent.
 */
const [results] = process.argv.slice(2);
const server = createServer((request, response) => {
  if (request.method === 'GET' && results) return void createReadStream(results).pipe(response);
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...BATCH, bytes }));
  });
});
const BATCH = {
  id: 'msgbatch_1',
  type: 'message_batch',
  processing_status: 'in_progress',
  request_counts: {},
  created_at: '2026-11-20T21:04:00Z',
};

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on('disconnect', () => process.exit());
