import { NO_SAVINGS } from '../../batch/cost/cache-savings';
import { NO_ESTIMATE, total } from '../../batch/cost/totals';
import type { FileCheck } from '../../files/file-check';
import type { Run } from '../../runs/run';

const range = (expected: number, high = expected) => ({ low: expected, expected, high });

/** The API itself, with a stored key. */
export const exampleDestination = {
  baseUrl: 'https://api.anthropic.com',
  sandbox: false,
  key: { name: 'team', tail: 'x4f2' },
  from: 'stored',
} as const;

/** The check of a clean file of 40,000 requests. */
export function exampleCheck(changes: Partial<FileCheck> = {}): FileCheck {
  return {
    kind: 'batch',
    requests: 40_000,
    bytes: 61_000_000,
    sha256: 'ab'.repeat(32),
    size: 61_000_000,
    mtimeMs: 0,
    problems: [],
    omitted: 0,
    counts: { error: 0, warning: 0, information: 0, hint: 0 },
    refusedLines: [],
    refusedAtCreate: false,
    sizeErrors: 0,
    estimate: {
      requests: 40_000,
      inputTokens: range(19_200_000),
      outputTokens: range(200_000, 40_960_000),
      usd: { input: { low: 9, expected: 9.6, high: 10.2 }, output: range(0.5, 102.4) },
      standardUsd: { input: range(19.2), output: range(1, 204.8) },
      unpricedRequests: 0,
    },
    models: [{ model: 'claude-haiku-4-5', requests: 40_000, estimate: NO_ESTIMATE, maxTokens: 1024 }],
    caching: NO_SAVINGS,
    judgedBy: { apiVersion: '2026-10-21', betas: [], models: '2026-11-20', settings: null, hash: 'h' },
    ...changes,
  };
}

/** A run that is in progress. */
export function exampleRun(changes: Partial<Run> = {}): Run {
  const { requests, bytes, sha256, estimate } = exampleCheck();
  return {
    id: '20261120T2104Z-4f2a0000',
    source: '/batches/tickets.batch.jsonl',
    sandbox: false,
    startedAt: '2026-11-20T21:04:00.000Z',
    baseUrl: 'https://api.anthropic.com',
    key: { name: 'team', tail: 'x4f2' },
    apiVersion: '2026-10-21',
    betas: [],
    contextHash: 'h',
    requests,
    bytes,
    sha256: sha256 ?? '',
    idsDigest: 'd',
    again: false,
    estimateUsd: estimate.usd && total(estimate.usd).expected,
    state: 'in_progress',
    attempt: null,
    adoption: 'answered',
    rejected: [],
    account: null,
    reach: null,
    batch: {
      id: 'msgbatch_01',
      processing_status: 'in_progress',
      request_counts: { processing: 40_000, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      created_at: '2026-11-20T21:04:01Z',
      expires_at: '2026-11-21T21:04:01Z',
      archived_at: null,
      ended_at: null,
      cancel_initiated_at: null,
    },
    resultsPath: '/batches/tickets.20261120T2104Z.results.jsonl',
    outcome: null,
    problem: null,
    ...changes,
  };
}

export const exampleOutcome = {
  succeeded: 39_688,
  errored: 312,
  canceled: 0,
  expired: 0,
  missing: [],
  unexpected: [],
  repeated: [],
  unreadable: 0,
  usd: 14.2,
};
