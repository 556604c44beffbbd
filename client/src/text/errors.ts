import type { RunErrorKind } from '../../../runs/run-error';

/** What a person may do about a failure. `command` undefined tries the same again. */
export interface Remedy {
  readonly title: string;
  readonly command?: string;
}

const SET_KEY: Remedy = { title: 'Set API Key…', command: 'messageBatches.setApiKey' };
const CHOOSE_KEY: Remedy = { title: 'Choose API Key…', command: 'messageBatches.chooseApiKey' };
const AGAIN: Remedy = { title: 'Try Again' };
const SHOW_LOG: Remedy = { title: 'Show Log', command: 'messageBatches.showLog' };

const REMEDIES: Readonly<Partial<Record<RunErrorKind, Remedy>>> = {
  auth: SET_KEY,
  permission: CHOOSE_KEY,
  network: AGAIN,
  overloaded: AGAIN,
  'rate-limit': AGAIN,
  changed: { title: 'Check Again' },
};

/** The one button beside the sentence of an error. */
export function remedyFor(kind: RunErrorKind): Remedy {
  return REMEDIES[kind] ?? SHOW_LOG;
}
