/** The entry of `dist/runs.js`, which carries the SDK and is loaded at the first call of the API. */
export { type Attachment, attachBatch } from './attach';
export { type ApiOptions, type BatchesApi, createBatchesApi } from './batches-api';
export { cancelRun } from './cancel';
export { downloadResults } from './download';
export { environmentProxy } from './environment-proxy';
export { fetchRun } from './fetch-results';
export type { FollowOptions } from './follow';
export { followRun, type RunWatch, watchRuns } from './poller';
export type { Submission } from './send';
export { sendRest } from './send-parts';
export { adoptBatch, declareNotSent, lookForBatch, type Settlement, settleUncertain } from './settle';
export { type RunDraft, submitRun } from './submit';
