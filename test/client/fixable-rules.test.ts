import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchFile } from '../../batch/batch-file';
import { fixableRules } from '../../client/src/text/fixable-rules';
import { context, requestLine } from '../support/contexts';

test('each kind of problem that has a fix is offered once, ids by what becomes of all of them', () => {
  const misspelt = requestLine('a').replace('max_tokens', 'max_token');
  const lines = [misspelt, misspelt, requestLine('b c'), '{', '', requestLine('d')];
  const { problems } = new BatchFile(lines.join('\n'), context(), 100).problems();
  assert.deepEqual(
    fixableRules(problems).map(({ rule, title }) => [rule, title]),
    [
      ['unknown-field', 'Rename to "max_tokens"'],
      ['duplicate-custom-id', 'Make all custom_ids unique'],
      ['custom-id', 'Make all custom_ids valid'],
      ['blank-line', 'Remove the Blank Line'],
    ],
  );
});
