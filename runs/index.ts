/** The entry of `dist/runs.js`, which carries the SDK: loaded at the first API call. */
export { createBatchesApi, type ApiOptions, type BatchesApi } from './batches-api';
export { fetchRun } from './fetch-results';
export { followRun, nextPollDelay, watchRuns, type FollowOptions, type RunWatch } from './poller';
export { submitRun, type RunDraft, type Submission } from './submit';
export { adoptBatch, declareNotSent, settleUncertain, type Settlement } from './settle';
export { cancelRun } from './cancel';
