import { distance } from 'fastest-levenshtein';
import type { ModelTable } from '../cost/models';
import { fix, replace } from '../edit';
import { shown } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'model'];
/** Longer than any model's name: not worth comparing. */
const LONGEST_NAME = 100;

/** A name that a model newer than the list may have: family, then version. */
const MAY_BE_NEWER = /^claude-[a-z]+(-\d+){1,2}(-\d{8})?$|^claude-[a-z]+-preview$/;
/** A name with the version before the family, as the models of the first three generations had. */
const OLD_NAME = /^claude-(\d|instant\b)/;

/** A model that is not in the list: a warning where it may be newer, else an error. */
export const unknownModel: LineRule = {
  id: 'unknown-model',
  severity: 'error',
  refusedAt: 'row',
  title: 'Model that is not in the list',
  docs: `The model is not among those known to this version. A known model misspelt is an error: a letter wrong, a date that
its id does not have, or the name that another platform gives it. So is a name that no new model will have: that of another
provider, or of a generation that is retired (\`claude-2.1\`, \`claude-3-5-sonnet-…\`). Any other is a warning, since it
may be newer than the list; its prices and limits are not known here. "Refresh Models" asks the API for its list, and
\`models\` in \`message-batches.json\` adds one by hand.

The API answers in the row, not at create: \`not_found_error\`, \`model: claude-does-not-exist-9\`. One typo in a template
thus makes a batch of nothing but errors.

Source: live capture of 2026-09-02; models overview, "Model names and IDs". The list is \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5.5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, { models }, report) {
    const name = params.model;
    if (typeof name !== 'string' || name === '' || models.find(name)) return;
    const meant = meantBy(name, models);
    if (meant) report(PATH, `${shown(name)} ${meant.because}`, fix(`Change to "${meant.id}"`, replace(PATH, meant.id)));
    else if (MAY_BE_NEWER.test(name))
      report.as('warning', PATH, `${shown(name)} is not in the list of models of ${models.date}; check its spelling.`);
    else if (OLD_NAME.test(name))
      report(PATH, `${shown(name)} is of a generation that is retired; choose a current model.`);
    else
      report(PATH, `${shown(name)} is no model of this API (as of ${models.date}); choose one of its Claude models.`);
  },
};

interface Meant {
  readonly id: string;
  readonly because: string;
}

function meantBy(name: string, models: ModelTable): Meant | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const near = nearest(name, models);
  if (near) return { id: near, because: `is not in the list of models of ${models.date}; did you mean "${near}"?` };
  const undated = name.replace(/-(\d{8}|latest)$/, '');
  if (models.find(undated))
    return { id: undated, because: `is no model; the id of this one ends without a date: "${undated}".` };
  const bare = name.replace(/^(\w+[./])*(?=claude-)/, '').replace(/(-v\d+)?(:\d+)?$|@(\d{8}|latest|default)$/, '');
  const here = [bare, bare.replace(/-\d{8}$/, '')].find((id) => models.find(id));
  return here === undefined
    ? undefined
    : { id: here, because: `is another platform's name; this API knows the model as "${here}".` };
}

/**
 * One edit away, or two where only letters differ. With other digits it is another model, perhaps a newer one, and no
 * retired one was meant.
 */
function nearest(name: string, models: ModelTable): string | undefined {
  const candidates = models.names().map((id) => ({
    id,
    edits: distance(name.toLowerCase(), id),
    retired: models.find(id)?.status === 'retired',
  }));
  const close = candidates.filter(({ id, edits, retired }) =>
    digits(name) === digits(id) ? edits <= 2 : edits <= 1 && !retired,
  );
  return close.sort((a, b) => a.edits - b.edits || Number(a.retired) - Number(b.retired))[0]?.id;
}

function digits(name: string): string {
  return name.replace(/\D+/g, '-');
}
