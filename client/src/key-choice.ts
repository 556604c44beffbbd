import { isSandboxKey } from '../../runs/sandbox-key';

/** A key in the editor's secret storage. It belongs to one origin and is sent to no other. */
export interface StoredKey {
  /** What a person calls it: `team`. */
  readonly name: string;
  /** `https://api.anthropic.com` */
  readonly origin: string;
  readonly key: string;
}

/** The key that the editor was started with; an auth token goes by the same rules. */
export interface EnvironmentKey {
  readonly variable: 'ANTHROPIC_API_KEY' | 'ANTHROPIC_AUTH_TOKEN';
  readonly key: string;
}

/** What decides which key is sent to an origin. */
export interface KeySituation {
  readonly origin: string;
  /** In the order in which they were stored: the first of an origin is its default. */
  readonly stored: readonly StoredKey[];
  /** The name that was chosen for this folder; `ENVIRONMENT` stands for the environment's. */
  readonly chosen: string | undefined;
  readonly environment: EnvironmentKey | undefined;
  /** What a person answered when asked whether the environment's key may be sent to this origin. */
  readonly environmentAllowed: boolean | undefined;
}

export type KeyChoice =
  | { readonly kind: 'stored'; readonly key: StoredKey }
  | { readonly kind: 'environment'; readonly key: EnvironmentKey }
  | { readonly kind: 'ask'; readonly key: EnvironmentKey }
  | { readonly kind: 'none' };

/** The name under which the environment's key is chosen and journaled. */
export const ENVIRONMENT = 'environment';

/** The one chosen for this folder, else the default stored one of the origin, else the environment's. */
export function chooseKey(situation: KeySituation): KeyChoice {
  const ofOrigin = situation.stored.filter(({ origin }) => origin === situation.origin);
  const chosen = ofOrigin.find(({ name }) => name === situation.chosen);
  const wantsEnvironment = situation.chosen === ENVIRONMENT && situation.environment !== undefined;
  const stored = chosen ?? (wantsEnvironment ? undefined : ofOrigin[0]);
  return stored ? { kind: 'stored', key: stored } : environmentChoice(situation);
}

function environmentChoice({ origin, environment, environmentAllowed, chosen }: KeySituation): KeyChoice {
  if (!environment) return { kind: 'none' };
  if (environmentAllowed || isSandboxKey(environment.key, origin)) return { kind: 'environment', key: environment };
  const mayAsk = environmentAllowed === undefined || chosen === ENVIRONMENT;
  return mayAsk ? { kind: 'ask', key: environment } : { kind: 'none' };
}

/** The key to follow a submitted run with: the one that it was sent with, by its name or, where it was stored anew, by its tail. */
export function keyOfRun(
  run: { readonly baseUrl: string; readonly key: { readonly name: string; readonly tail: string } },
  { stored, environment, environmentAllowed }: Pick<KeySituation, 'stored' | 'environment' | 'environmentAllowed'>,
): StoredKey | EnvironmentKey | undefined {
  const origin = originOf(run.baseUrl);
  const ofOrigin = stored.filter((key) => key.origin === origin);
  const isSame = ({ key }: { readonly key: string }) => run.key.tail !== '' && keyTail(key) === run.key.tail;
  const match = ofOrigin.find(({ name }) => name === run.key.name) ?? ofOrigin.find(isSame);
  if (match || !environment || !isSame(environment)) return match;
  return environmentAllowed || isSandboxKey(environment.key, origin) ? environment : undefined;
}

/** The variable's key in `env` (as in `process.env`): the API key where both are set. */
export function environmentKey(env: Readonly<Record<string, string | undefined>>): EnvironmentKey | undefined {
  for (const variable of ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'] as const) {
    const key = env[variable]?.trim();
    if (key) return { variable, key };
  }
  return undefined;
}

/** Enough of a key to tell it from another, and too little to use. */
export function keyTail(key: string): string {
  return key.length >= 12 ? key.slice(-4) : '';
}

/** `https://api.anthropic.com` of a base URL with a path; the text itself where it is no URL. */
export function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

/** Why a text cannot be stored as an API key, as a sentence; undefined where it can. */
export function keyProblem(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return 'Paste the key that the Anthropic Console showed when it was made.';
  return /^[\x21-\x7e]+$/.test(key) ? undefined : 'An API key holds no blanks or special characters: paste it again.';
}
