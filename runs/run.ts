import type { LineSelection } from '../files/line-selection';
import type { Concern } from './concern';
import type { Quote } from './quote';
import type { RunErrorKind } from './run-error';

/** One submission of one file, from before its first byte is sent until its results lie on disk. Plain JSON: it is the journal's entry. */
export interface Run {
  /** `20261120T2104Z-4f2a…`: the UTC time of submission and randomness; also names its journal files. */
  readonly id: string;
  /** Absolute path of the file that was submitted. */
  readonly source: string;
  /** Submitted to the sandbox: nothing of it can be taken for the real thing. */
  readonly sandbox: boolean;
  /** ISO time. */
  readonly startedAt: string;
  readonly baseUrl: string;
  /** Which key was used, never the key: its stored name or `environment`, and its last four characters. */
  readonly key: { readonly name: string; readonly tail: string };
  readonly apiVersion: string;
  readonly betas: readonly string[];
  /** Hash of the context that the file was checked under, and that it was sent under. */
  readonly contextHash: string;
  /** The lines of the source that are sent; all where it is missing. */
  readonly lines?: LineSelection;
  readonly requests: number;
  /** Bytes and SHA-256 (hexadecimal) of the create body. */
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 (hexadecimal) of the submitted ids, in order, each followed by a line feed. */
  readonly idsDigest: string;
  /** The run whose requests it tries again, by its id; missing where it is no retry. */
  readonly retryOf?: string;
  /** Bought although the same requests had been answered before: a person said so. */
  readonly again: boolean;
  /** USD as estimated before it was sent; null where no model has a price. */
  readonly estimateUsd: number | null;
  /** Missing in runs of earlier versions. */
  readonly quote?: Quote;
  readonly state: RunState;
  /** The last time that it was sent; null for a batch that was attached to its file afterwards. */
  readonly attempt: Attempt | null;
  /** What the API says, and nothing else. */
  readonly batch: BatchSnapshot | null;
  /** How the batch came to be this run's. */
  readonly adoption: Adoption;
  /** Batches that were taken for this run's and turned out not to be. */
  readonly rejected: readonly string[];
  /** Whose the batch is, by the headers of the API's answer. */
  readonly account: Account | null;
  /** Why the API could not be asked the last time; null where it could. It says nothing about the batch. */
  readonly reach: Reach | null;
  /** Where the results lie or will lie: absolute. */
  readonly resultsPath: string;
  /** Known when the results are on disk. */
  readonly outcome: RunOutcome | null;
  readonly problem: RunProblem | null;
  /** What each of several batches gets, where one does not hold it all. */
  readonly plan?: readonly PartPlan[];
  /** No more parts are sent: a person canceled it before all were. */
  readonly stopped?: boolean;
  /** Those of the plan that were begun, as runs of their own. Put together by the journal, and not in the run's own file. */
  readonly parts?: readonly Run[];
  /** This run is a part of another. */
  readonly part?: PartOf;
}

/** What is known of a run before the API has said anything of it. */
export const NOTHING_HEARD = {
  batch: null,
  adoption: null,
  rejected: [],
  account: null,
  reach: null,
  outcome: null,
  problem: null,
} as const satisfies Partial<Run>;

/** A batch of several that a run goes over as. */
export interface PartPlan {
  readonly lines: LineSelection;
  readonly requests: number;
  /** Bytes and SHA-256 (hexadecimal) of its create body. */
  readonly bytes: number;
  readonly sha256: string;
  readonly idsDigest: string;
}

export interface PartOf {
  /** The id of the whole run. */
  readonly run: string;
  /** 1-based. */
  readonly number: number;
}

/** Why a run was not sent, is undecided, or cannot be fetched: one sentence, and the API's request id. */
export interface RunProblem {
  readonly message: string;
  readonly requestId: string | null;
  /** The API's own words, where it refused what was sent. */
  readonly said?: { readonly type: string; readonly message: string } | null;
}

/**
 * - `sending`: the journal knows of it, the create call has not answered.
 * - `partial`: some of its parts were sent, and the others wait until it is started again.
 * - `not-sent`: surely no batch was made.
 * - `uncertain`: the last byte may have arrived and no answer did; a batch may have been bought.
 * - `in_progress`, `canceling`, `ended`: the API's own `processing_status`.
 * - `fetched`: results are on disk and reconciled.
 * - `lost`: the results are gone: the API says that they are archived, or the sandbox was left.
 */
export const RUN_STATES = [
  'sending',
  'partial',
  'not-sent',
  'uncertain',
  'in_progress',
  'canceling',
  'ended',
  'fetched',
  'lost',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** States in which something is still to be done by itself: they lie in the journal's `open` folder. */
export const OPEN_STATES: readonly RunState[] = [
  'sending',
  'partial',
  'uncertain',
  'in_progress',
  'canceling',
  'ended',
];

/** States in which the API may still answer requests of the batch. */
export const CANCELABLE_STATES: readonly RunState[] = ['partial', 'in_progress', 'canceling'];

/** When a submission was under way. */
export interface Attempt {
  /** 1-based. */
  readonly number: number;
  /** Before the first byte. */
  readonly begun: Instant;
  /** Before the last bytes: from here on a batch may have been made. */
  readonly released: Instant | null;
  /** When it broke, or when it was last seen to be alive; null while it goes on. */
  readonly ended: Instant | null;
}

/** A moment, by two clocks: the second one is not set, and stands for something only within one boot of one machine. */
export interface Instant {
  /** ISO time. */
  readonly at: string;
  /** Milliseconds since this machine was started. */
  readonly uptimeMs: number;
  readonly boot: string;
}

/**
 * - `answered`: the API's own answer named it.
 * - `unproven`: it was found, or a person named it, and its results have not been seen.
 * - `proven`: its results are those of the submitted ids and models.
 */
export type Adoption = 'answered' | 'unproven' | 'proven' | null;

export interface Account {
  readonly organization: string | null;
  readonly workspace: string | null;
}

export interface Reach {
  readonly kind: RunErrorKind;
  /** One sentence. */
  readonly message: string;
  /** ISO time since when it has been so. */
  readonly since: string;
}

/** What the API last said of the batch. */
export interface BatchSnapshot {
  readonly id: string;
  readonly processing_status: 'in_progress' | 'canceling' | 'ended';
  readonly request_counts: RequestCounts;
  readonly created_at: string;
  readonly expires_at: string;
  /** Set 29 days after creation: the results are gone. */
  readonly archived_at: string | null;
  readonly ended_at: string | null;
  readonly cancel_initiated_at: string | null;
}

export interface RequestCounts {
  readonly processing: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
}

/** The submitted ids held against the ids in the results. */
export interface RunOutcome {
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
  /** Submitted and not answered, answered and not submitted, answered twice: all 0 when all is well. */
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly repeated: readonly string[];
  /** Lines that are no result. */
  readonly unreadable: number;
  /** The first of them, 1-based; missing in runs of earlier versions. */
  readonly unreadableLines?: readonly number[];
  /** USD by the usage that the API reports; null where a model has no price here. */
  readonly usd: number | null;
  /** How many of `succeeded` are no whole answers, by what they lack; missing in runs of earlier versions. */
  readonly suspicious?: Readonly<Partial<Record<Concern, number>>>;
  /** What the answers used, by the model that answered; missing in runs of earlier versions. */
  readonly answers?: readonly ModelAnswers[];
}

/** What the answers of one model used: tokens as billed. */
export interface ModelAnswers {
  readonly model: string;
  /** Rows that succeeded. */
  readonly rows: number;
  /** Not from and not into a cache. */
  readonly inputTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
  /** The longest answer, and what 99 of 100 stay within. */
  readonly mostOutputTokens: number;
  readonly p99OutputTokens: number;
}

/** Enough of a key to tell it from another, and too little to use: its last four characters, of a long one. */
export function keyTail(key: string): string {
  return key.length >= 12 ? key.slice(-4) : '';
}
