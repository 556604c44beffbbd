import type { ModelTable } from '../../../batch/cost/models';
import type { ModelsOverlay } from '../../../batch/models-overlay';
import { counted } from '../../../batch/wording';

/** What asking the Models API has changed: `24 models: claude-opus-9 is new, 2 have changed.` */
export function refreshedSentence(overlay: ModelsOverlay, before: ModelTable, after: ModelTable): string {
  const ids = Object.keys(overlay.models);
  const added = ids.filter((id) => !before.find(id));
  const changed = ids.filter((id) => before.find(id) && !isSame(before.find(id), after.find(id)));
  const news = [
    ...(added.length > 0 ? [`${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} new`] : []),
    ...(changed.length > 0 ? [`${changed.join(', ')} ${changed.length === 1 ? 'has' : 'have'} changed`] : []),
  ];
  return `The API lists ${counted(ids.length, 'model')}: ${news.join('; ') || 'nothing is new'}.`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
