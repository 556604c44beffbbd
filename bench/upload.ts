import { createHash } from 'node:crypto';
import Anthropic from '@anthropic-ai/sdk';
import { CreateBody } from '../files/create-body';
import { readChunks, readLines } from '../files/read-lines';
import { createBatchesApi } from '../runs/batches-api';
import { uploadOf } from '../runs/upload';
import { inProcesses } from './in-processes';
import { timed } from './median';
import type { Row } from './row';
import { withLocalApi } from './with-local-api';

/** A file sent as a batch: its own bytes as a stream, against the SDK given the requests as objects. */
export async function measureUpload(file: string, small: string): Promise<Row[]> {
  const { ours, ofSmall, sdk } = await withLocalApi(file, (url) =>
    inProcesses(3, {
      sdk: ['upload-objects', file, url],
      ours: ['upload', file, url],
      ofSmall: ['upload', small, url],
    }),
  );
  const yardstick = 'SDK batches.create(objects)';
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
  return [
    {
      what: 'upload to a local server',
      yardstick,
      value: ours.ms / sdk.ms,
      unit: '×',
      reach: { most: 0.2 },
      note: `${Math.round(ours.ms)} ms; SDK ${Math.round(sdk.ms)} ms and ${megabytes(sdk.peak)} MB`,
    },
    {
      what: 'its memory',
      yardstick: 'its own for a 1 MB file',
      value: (ours.peak - ofSmall.peak) / 1e6,
      unit: 'MB',
      reach: { most: 120 },
      note: `peak ${megabytes(ours.peak)} MB`,
    },
  ];
}

/** The case: what a submission sends once a file was checked. Milliseconds. */
export async function upload(file: string, baseUrl: string): Promise<number> {
  const { bytes, sha256 } = await checked(file);
  const api = createBatchesApi({ baseUrl, ...CALLER });
  return timed(() => api.create(uploadOf({ source: file, bytes, sha256, beforeLast: async () => {} })));
}

/** The yardstick: the requests are in memory already. Milliseconds. */
export async function uploadObjects(file: string, baseURL: string): Promise<number> {
  const requests: Anthropic.Messages.BatchCreateParams.Request[] = [];
  await readLines(file, ({ bytes }) => requests.push(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  const client = new Anthropic({ baseURL, apiKey: CALLER.auth.apiKey, maxRetries: 0 });
  return timed(() => client.messages.batches.create({ requests }));
}

const CALLER = { auth: { apiKey: 'sk-ant-bench' }, apiVersion: '2026-10-21', betas: [] };

/** What a check says of the create body. */
async function checked(file: string): Promise<{ bytes: number; sha256: string }> {
  const body = new CreateBody();
  const hash = createHash('sha256');
  for await (const chunk of readChunks(file)) hash.update(body.push(chunk));
  hash.update(body.end());
  return { bytes: body.bytes, sha256: hash.digest('hex') };
}
