import { isUtf8 } from 'node:buffer';
import type * as vscode from 'vscode';
import { MAX_MESSAGES_BODY_BYTES } from '../../../batch/limits';
import { size } from '../../../batch/wording';
import { type JudgedRequest, JudgeRequest } from '../../../server/src/protocol';
import type { App } from '../app';
import { linesOf } from '../excerpts/lines';
import { notice } from '../notice';
import { nameOf, type Trial } from '../text/trial';

/** Requests that nothing speaks against, and what they were judged by. */
export interface JudgedTrials {
  readonly trials: readonly Trial[];
  readonly judgedBy: JudgedRequest['judgedBy'];
}

/** Reads and judges lines of a file; undefined, after saying why, where one of them cannot be sent. */
export async function judgedTrials(
  app: App,
  file: vscode.Uri,
  lines: readonly number[],
): Promise<JudgedTrials | undefined> {
  const trials: Trial[] = [];
  let judgedBy: JudgedRequest['judgedBy'] | undefined;
  for (const line of lines) {
    const judged = await judgeLine(app, file, line);
    if (typeof judged === 'string') {
      void notice.warning(`Nothing was sent. ${judged}`);
      return undefined;
    }
    trials.push(judged.trial);
    judgedBy = judged.judgedBy;
  }
  if (judgedBy) return { trials, judgedBy };
  void notice.warning('The file has no requests yet.');
  return undefined;
}

/** The line as it will be sent, or why it will not, as a sentence. */
async function judgeLine(
  { server, edits }: App,
  file: vscode.Uri,
  line: number,
): Promise<{ trial: Trial; judgedBy: JudgedRequest['judgedBy'] } | string> {
  const block = await linesOf(file, edits).read(line, { lines: 1 });
  const where = `line ${line + 1}`;
  if (!block) return `The file has no ${where}.`;
  if (!isUtf8(block.bytes)) return `The text of ${where} is not valid UTF-8.`;
  const text = block.bytes.toString('utf8').replace(/[\r\n]+$/, '');
  const { errors, customId, estimate, params, judgedBy } = await server.ask(JudgeRequest, {
    uri: server.asUri(file),
    text,
  });
  const name = nameOf({ customId: customId ?? '', line });
  if (errors.length > 0) return `The request ${name} has an error: ${errors[0]}`;
  if (!estimate || !params) return `There is no request on ${where}.`;
  const bytes = Buffer.from(text.slice(params.start, params.end));
  if (bytes.length > MAX_MESSAGES_BODY_BYTES)
    return `The request ${name} has ${size(bytes.length)}; alone, the API takes at most ${size(MAX_MESSAGES_BODY_BYTES)}.`;
  return { trial: { customId: customId ?? '', line, text, params: bytes, estimate }, judgedBy };
}
