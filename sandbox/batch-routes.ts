import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { MAX_BODY_BYTES, MAX_REQUESTS } from '../batch/limits';
import { show } from './batch-state';
import { readCreateBody } from './create';
import { amissRows } from './faults';
import { pageOf } from './paging';
import { Refusal } from './refusal';
import type { Call, Reply, Route } from './route';

/** The Message Batches API. */
export const batchRoutes: readonly Route[] = [
  { name: 'create', method: 'POST', path: /^\/v1\/messages\/batches$/, answer: create },
  { name: 'list', method: 'GET', path: /^\/v1\/messages\/batches$/, answer: list },
  { name: 'retrieve', method: 'GET', path: /^\/v1\/messages\/batches\/([^/]+)$/, answer: retrieve },
  { name: 'delete', method: 'DELETE', path: /^\/v1\/messages\/batches\/([^/]+)$/, answer: remove },
  { name: 'cancel', method: 'POST', path: /^\/v1\/messages\/batches\/([^/]+)\/cancel$/, answer: cancel },
  { name: 'results', method: 'GET', path: /^\/v1\/messages\/batches\/([^/]+)\/results$/, answer: results },
];

async function create({ batches, options, body, apiVersion, betas, resultsOrigin }: Call): Promise<Reply> {
  const requests = await batches.newRequests();
  const { maxBytes = MAX_BODY_BYTES, maxRequests = MAX_REQUESTS } = options;
  try {
    await readCreateBody(body, requests, { maxBytes, maxRequests });
  } catch (error) {
    await requests.remove();
    throw error;
  }
  return { body: { json: show(batches.add(requests, { apiVersion, betas }), resultsOrigin) } };
}

function list({ batches, query, resultsOrigin }: Call): Reply {
  const page = pageOf(batches.all(), query);
  return { body: { json: { ...page, data: page.data.map((batch) => show(batch, resultsOrigin)) } } };
}

function retrieve({ batches, id, options, resultsOrigin }: Call): Reply {
  const batch = batches.get(id);
  const { retryAfterSeconds = 1 } = options;
  const asksBack = batch.ended === null && retryAfterSeconds !== null;
  return {
    headers: asksBack ? { 'retry-after': String(retryAfterSeconds) } : {},
    body: { json: show(batch, resultsOrigin) },
  };
}

function cancel({ batches, id, resultsOrigin }: Call): Reply {
  return { body: { json: show(batches.cancel(id), resultsOrigin) } };
}

async function remove({ batches, id }: Call): Promise<Reply> {
  await batches.remove(id);
  return { body: { json: { id, type: 'message_batch_deleted' } } };
}

function results({ batches, id, amiss }: Call): Reply {
  const batch = batches.get(id);
  if (!batch.ended || batch.archivedAt !== null) {
    throw new Refusal(404, `Message Batch ${id} has no available results.`);
  }
  const file = createReadStream(batch.ended.resultsPath);
  const stream = amiss ? amissRows(createInterface({ input: file }), amiss) : file;
  return { headers: { 'content-type': 'application/x-jsonl' }, body: { stream } };
}
