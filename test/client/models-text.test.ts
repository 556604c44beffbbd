import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { overlaid } from '../../batch/models-overlay';
import { refreshedSentence } from '../../client/src/text/models';

const [known] = bundledModels.models;
assert.ok(known);

function said(models: Parameters<typeof refreshedSentence>[0]['models']): string {
  const overlay = { date: '2027-01-01', models };
  return refreshedSentence(overlay, bundledModels, overlaid(bundledModels, overlay));
}

test('what asking the Models API has changed is said in one sentence', () => {
  const { id, context_window } = known;
  assert.equal(said({ [id]: { context_window } }), 'The API lists 1 model: nothing is new.');
  assert.equal(
    said({ [id]: { context_window: 5 }, 'claude-a': {}, 'claude-b': {} }),
    `The API lists 3 models: claude-a, claude-b are new; ${id} has changed.`,
  );
});
