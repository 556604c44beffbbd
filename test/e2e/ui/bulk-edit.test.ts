import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const NAME = 'bulk.batch.jsonl';
const stage = readStage();
const at = (name: string): string => path.join(stage.samples, name);

/** Numbers and blanks as no program would write them again. */
const LINES = ['a', 'b', 'c', 'b', 'd'].map((id, i) => {
  const model = i % 2 === 0 ? 'claude-haiku-4-5' : 'claude-sonnet-4-6';
  const messages = `[{"role": "user",   "content": "caf\\u00e9 ${i}"}]`;
  return `{"custom_id": "${id}", "params": {"model": "${model}", "max_tokens": 1e2, "messages": ${messages}}}`;
});

/** What is asked of a person one after the other: an entry to be picked, or the title of a box and what is typed there. */
type Answers = readonly (string | readonly [title: string, text: string])[];

/** Each kind of bulk edit after a look at what it changes; each step stands on the one before. */
const steps: Steps = {
  async 'a field is set where a condition holds'(workbench) {
    await workbench.open(NAME);
    await workbench.lens('5 requests').waitFor();
    const condition = ['The condition', 'custom_id~^[bc]$'] as const;
    const answers = [['The field to set', 'max_tokens'] as const, ['The value', '77'] as const];
    await bulk(workbench, 'Set a Field', [...answers, 'Only Where a Condition Holds', condition]);
    await workbench.refactorPreview().row('"max_tokens": 1e2').waitFor();
    await workbench.screenshot('bulk-edit-preview');
    await applied(workbench);
    await saved(
      workbench,
      LINES.map((line) => (/"[bc]"/.test(line) ? line.replace('1e2', '77') : line)),
    );
  },

  async 'a field is removed, and the model changed'(workbench) {
    await bulk(workbench, 'Remove a Field', [['The field to remove', 'max_tokens'], 'In All Requests']);
    await applied(workbench);
    await bulk(workbench, 'Change the Model', [['The New Model', 'claude-haiku-5-5'], 'In All Requests']);
    await applied(workbench);
    await saved(workbench, LINES.map(inHaiku));
  },

  async 'repeated requests are dropped'(workbench) {
    await bulk(workbench, 'Drop Requests with a Repeated custom_id');
    await applied(workbench);
    await saved(workbench, LINES.toSpliced(3, 1).map(inHaiku));
  },

  async 'ids get a prefix, and then numbers; the old ones are kept'(workbench) {
    await bulk(workbench, 'Put a Prefix before the custom_ids', [['What to put before', 'eu-']]);
    await applied(workbench);
    await workbench.notification('The old and the new custom_ids are in bulk.ids.csv').waitFor();
    assert.match(readFileSync(at('bulk.ids.csv'), 'utf8'), /^d,eu-d,4\r$/m);
    await bulk(workbench, 'Renumber the custom_ids', [['What stands before the number', 'n-']]);
    await applied(workbench);
    await workbench.notification('bulk.ids-2.csv').waitFor();
    await workbench.run('Notifications: Clear All Notifications');
    await saved(workbench, numbered());
  },

  async 'blanks are taken out'(workbench) {
    await workbench.run('Message Batches: Minify Request Lines');
    await applied(workbench);
    await saved(
      workbench,
      numbered().map((line) => line.replaceAll(/([:,]) +/g, '$1')),
    );
  },

  async 'new files are sampled, shuffled and split'(workbench) {
    const lines = readFileSync(at(NAME), 'utf8').trimEnd().split('\n');
    const derive = async (kind: string, answers: Answers, said: string, files: Record<string, readonly string[]>) => {
      await bulk(workbench, kind, answers);
      await workbench.notification(said).waitFor();
      for (const [name, expected] of Object.entries(files)) {
        assert.deepEqual(
          readFileSync(at(`bulk.${name}.batch.jsonl`), 'utf8')
            .trimEnd()
            .split('\n')
            .sort(),
          expected,
        );
      }
    };
    const seed = ['The seed', '7'] as const;
    await derive('Sample into a New File', [['How many requests', '4'], seed], 'to bulk.sample-4.batch.jsonl', {
      'sample-4': lines,
    });
    await derive('Shuffle into a New File', [seed], 'to bulk.shuffled.batch.jsonl', { shuffled: lines });
    const parts = { 'part-1': lines.slice(0, 3), 'part-2': lines.slice(3) };
    await derive('Split by Size into New Files', [['At most how many', '3']], '4 requests written to 2 files', parts);
    const field = ['The field whose values', 'messages[0].content'] as const;
    await derive('Split by a Field into New Files', [field], 'written to 4 files', { 'café-4': lines.slice(3) });
  },
};

test('many requests are edited at once', async (context) => {
  writeFileSync(at(NAME), `${LINES.join('\n')}\n`);
  await carryOut(steps, context, stage, 'bulk-edit-failed');
});

async function bulk(workbench: Workbench, kind: string, answers: Answers = []): Promise<void> {
  await workbench.run('Message Batches: Bulk Edit Requests');
  await workbench.pick(kind);
  for (const answer of answers) {
    if (typeof answer === 'string') await workbench.pick(answer);
    else await workbench.fill(...answer);
  }
}

async function applied({ page, refactorPreview }: Workbench): Promise<void> {
  await refactorPreview().apply();
  await page.locator('.tab.dirty', { hasText: NAME }).waitFor();
}

/** Saves, and holds the file against the lines that are expected, byte for byte. */
async function saved({ page }: Workbench, lines: readonly string[]): Promise<void> {
  await page.keyboard.press('Control+S');
  await page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  assert.equal(readFileSync(at(NAME), 'utf8'), `${lines.join('\n')}\n`);
}

function inHaiku(line: string): string {
  return line.replace(/claude-\w+-4-\d/, 'claude-haiku-5-5').replace(/"max_tokens": \w+, /, '');
}

function numbered(): string[] {
  return LINES.toSpliced(3, 1).map((line, i) =>
    inHaiku(line).replace(/"custom_id": "\w+"/, `"custom_id": "n-${i + 1}"`),
  );
}
