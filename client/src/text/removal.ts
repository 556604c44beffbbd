import path from 'node:path';
import { counted } from '../../../batch/wording';
import type { Run } from '../../../runs/run';
import { isOpen, nameOf, whenStarted } from '../../../runs/run-words';
import type { Question } from './submit';

/** Its batch has ended: only then does the API delete it. */
export const isDeletable = ({ batch }: Run): boolean => batch?.processing_status === 'ended';
/** An open run that is forgotten could be bought twice. */
export const isForgettable = (run: Run): boolean => !isOpen(run);
export const hasResults = ({ state }: Run): boolean => state === 'fetched';

export function forgetQuestion(run: Run): Question {
  return {
    message: `Forget the run of ${path.basename(run.source)} of ${whenStarted(run)}?`,
    detail:
      'It goes from the list and the journal of this machine. The batch and its results stay where they are; that the file was submitted is not known any more.',
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

/** In a list to choose from. */
export const runLabel = (run: Run): string => `${nameOf(run)}, ${whenStarted(run)}`;
