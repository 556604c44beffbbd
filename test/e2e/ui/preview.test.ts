import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const NAME = 'pictures.batch.jsonl';

/** A red square of 8 × 8 pixels. */
const RED = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';

const PARAMS = {
  model: 'claude-haiku-4-5',
  max_tokens: 64,
  system: 'Be **brief**.',
  tools: [{ name: 'find', description: 'Finds orders', input_schema: { type: 'object' } }],
};
const PICTURE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: RED } };
const REQUESTS = [
  {
    custom_id: 'picture',
    params: { ...PARAMS, messages: [{ role: 'user', content: [PICTURE, { type: 'text', text: 'What is <this>?' }] }] },
  },
  {
    custom_id: 'loop',
    params: {
      ...PARAMS,
      messages: [
        { role: 'user', content: 'Where is order 7?' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { order: 7 } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'On its way' }] },
      ],
    },
  },
];

/** A request as a person reads it. */
const steps: Steps = {
  async 'pictures are shown, tools listed, and each part says its tokens and cost'(workbench, preview) {
    await workbench.open(NAME);
    await workbench.lens('2 requests').waitFor();
    await workbench.goTo(1, 5);
    await workbench.run('Message Batches: Preview Request');
    await preview.getByRole('heading', { name: 'picture' }).waitFor();
    const picture = preview.locator('img');
    await picture.waitFor();
    assert.equal(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), 8);
    await preview.getByText('What is <this>?').waitFor();
    await preview.getByText('Finds orders').first().waitFor();
    for (const part of ['System prompt', '1. User', '1 tool'])
      assert.match((await preview.getByRole('heading', { name: part }).first().textContent()) ?? '', /tokens?.*\$/);
    await workbench.screenshot('preview-picture');
  },

  async 'it follows the cursor, and what a tool was asked and said is there'(workbench, preview) {
    await workbench.goTo(2, 5);
    await preview.getByRole('heading', { name: 'loop' }).waitFor();
    await preview.getByText('On its way').first().waitFor();
    await preview.getByText('find').first().waitFor();
    await workbench.useTheme('Dark High Contrast');
    await workbench.screenshot('preview-loop-high-contrast');
  },
};

test('a request is previewed', async (context) => {
  const lines = REQUESTS.map((request) => JSON.stringify(request));
  writeFileSync(path.join(stage.samples, NAME), `${lines.join('\n')}\n`);
  await carryOut(steps, context, stage, 'preview-failed');
});
