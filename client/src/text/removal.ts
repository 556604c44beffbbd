import path from 'node:path';
import { counted } from '../../../batch/wording';
import type { Run } from '../../../runs/run';
import { isOpen, nameOf, whenStarted } from '../../../runs/run-words';
import type { Question } from './submit';

/** Its batch has ended: only then does the API delete it. */
export const isDeletable = ({ batch }: Run): boolean => batch?.processing_status === 'ended';
/** While it is being sent it would be written anew. */
export const isForgettable = ({ state }: Run): boolean => state !== 'sending';
/** Its batch has ended, and the API may have its results. */
export const mayHaveResults = ({ state, batch }: Run): boolean =>
  batch !== null && ['ended', 'fetched'].includes(state);
export const hasResults = ({ state }: Run): boolean => state === 'fetched';

const STAYS = 'The batch and its results stay where they are;';
const GOES_ON =
  'The batch goes on, is billed, and its results are not fetched; the same requests could be bought a second time, because';

export function forgetQuestion(run: Run): Question {
  return {
    message: `Forget the run of ${path.basename(run.source)} of ${whenStarted(run)}?`,
    detail: `It goes from the list and the journal of this machine. ${isOpen(run) ? GOES_ON : STAYS} that the file was submitted is not known any more.`,
    buttons: ['Forget Run'],
  };
}

export function deleteQuestion(run: Run): Question {
  const kept = hasResults(run) ? 'The results on this disk stay.' : 'Its results are not on this disk: they are lost.';
  return {
    message: `Delete the batch of ${counted(run.requests, 'request')} from ${path.basename(run.source)}?`,
    detail: `It is deleted with its results for everyone in the API workspace, and cannot be brought back. ${kept}`,
    buttons: ['Delete Batch'],
  };
}

export function trashQuestion({ resultsPath }: Run): Question {
  return {
    message: `Move ${path.basename(resultsPath)} to the trash?`,
    detail: 'The run stays in the list, and the batch at Anthropic as long as it is kept there.',
    buttons: ['Move to Trash'],
  };
}

/** Asked where the machine with the results has no trash. */
export function noTrashQuestion({ resultsPath }: Run): Question {
  return {
    message: `Delete ${path.basename(resultsPath)} for good?`,
    detail: 'There is no trash on the machine that it is on. The batch at Anthropic stays as long as it is kept there.',
    buttons: ['Delete for Good'],
  };
}

/** In a list to choose from. */
export const runLabel = (run: Run): string => `${nameOf(run)}, ${whenStarted(run)}`;
