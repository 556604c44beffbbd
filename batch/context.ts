import type { ModelTable } from './cost/models';
import type { Severity } from './finding';

/** What a file is judged by. Made by a face (editor, terminal); a new one re-judges every line. */
export interface Context {
  /** The `anthropic-version` header that will be sent: `2023-06-01` or `2026-10-21`. */
  readonly apiVersion: string;
  /** The `anthropic-beta` header's values. */
  readonly betas: readonly string[];
  readonly models: ModelTable;
  /** Milliseconds since 1970, as the batch would be submitted. */
  readonly now: number;
  /** Severity by rule id, where it differs from the rule's own. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

/** The `anthropic-version` of the SDK that this project is built with, and the older one that takes sampling parameters. */
export const API_VERSIONS = ['2023-06-01', '2026-10-21'] as const;

/** What can be a beta: the `anthropic-beta` header separates them by commas. */
export const BETA_NAME = /^[\x21-\x2b\x2d-\x7e]+$/;

/**
 * A short name of everything in the context that decides what is accepted: two files checked under the same hash were
 * judged alike. The clock is left out, or the hash of a check would never equal that of the submission after it.
 */
export function contextHash(context: Context): string {
  const { apiVersion, betas, models, severities } = context;
  const said = JSON.stringify([
    apiVersion,
    [...betas].sort(),
    models.date,
    models.hash,
    Object.entries(severities).sort(),
  ]);
  return fnv1a(said);
}

/** 53 bits of two FNV-1a walks, in hexadecimal: enough to tell contexts and model tables apart, not a signature. */
export function fnv1a(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + i), 0x01000193);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
