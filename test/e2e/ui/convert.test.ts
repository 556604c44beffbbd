import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const stage = readStage();
const at = (name: string): string => path.join(stage.samples, name);

const tool = { name: 'find', description: 'Finds orders', input_schema: { type: 'object', properties: {} } };
const MODEL = 'claude-haiku-4-5-20251001';
const params = {
  model: MODEL,
  max_tokens: 64,
  system: 'Be brief.',
  tools: [tool],
  messages: [{ role: 'user', content: 'Where is order 7?' }],
};
const REQUESTS = [
  { custom_id: 'a', params },
  { custom_id: 'b', params: { ...params, tool_choice: { type: 'tool', name: 'find' } } },
];

/** Each other shape and back; a step each. */
const steps: Steps = {
  'OpenAI batch lines': (workbench) => thereAndBack(workbench, 'OpenAI', 'moved.openai.jsonl'),
  async 'Vertex requests'(workbench) {
    await convert(workbench, 'Vertex', 'moved.vertex.jsonl');
    // They name no model.
    await workbench.tab('Lost in moved.vertex.jsonl').waitFor();
    await andBack(workbench, 'Vertex', 'moved.vertex.jsonl');
  },
  'a whole create body': (workbench) => thereAndBack(workbench, 'create body', 'moved.create-body.json'),
};

async function thereAndBack(workbench: Workbench, shape: string, name: string): Promise<void> {
  await convert(workbench, shape, name);
  await workbench.page.locator('.statusbar', { hasText: '2 requests converted, and nothing was lost' }).waitFor();
  await andBack(workbench, shape, name);
}

async function convert(workbench: Workbench, shape: string, name: string): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.open('moved.batch.jsonl');
  await workbench.lens('2 requests').waitFor();
  await workbench.run('Message Batches: Convert Requests');
  await workbench.pick(shape);
  await workbench.tab(name).first().waitFor();
}

async function andBack(workbench: Workbench, shape: string, name: string): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.open(name);
  await workbench.screenshot(`converted-${shape}`);
  await workbench.run('Message Batches: Convert Requests');
  await workbench.pick(MODEL);
  const back = `${path.parse(name).name}.batch.jsonl`;
  await workbench.opened(back);
  const lines = readFileSync(at(back), 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    REQUESTS,
  );
}

test('requests go into other shapes and come back', async (context) => {
  writeFileSync(at('moved.batch.jsonl'), `${REQUESTS.map((request) => JSON.stringify(request)).join('\n')}\n`);
  await carryOut(steps, context, stage, 'convert-failed');
});
