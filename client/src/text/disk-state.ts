/** Where the check from disk of a file that is shown stands. */
export type DiskState =
  | { readonly kind: 'written' | 'checked' | 'unsaved' | 'stopped' }
  | { readonly kind: 'checking' /** Whole, from 0 to 100. */; readonly percent: number }
  | { readonly kind: 'failed'; readonly why: string };

/** What is said before the figures of a file, and what a click on it does. */
export interface Note {
  readonly said: string;
  readonly icon?: string;
  /** A sentence. */
  readonly click?: string;
}

/** What is said of a check; undefined where the figures say it. */
export function diskNote(state: DiskState): Note | undefined {
  switch (state.kind) {
    case 'checked':
      return undefined;
    case 'checking':
      return { said: `checking from disk, ${state.percent} %`, icon: 'sync~spin', click: 'Click to stop the check.' };
    case 'written':
      return { said: 'being written' };
    case 'unsaved':
      return { said: 'unsaved changes are not checked' };
    case 'stopped':
      return { said: 'check stopped', icon: 'circle-slash', click: 'Click to check the file.' };
    case 'failed':
      return { said: 'not checked', icon: 'warning', click: `${state.why} Click to check the file.` };
  }
}
