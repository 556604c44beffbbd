import type { App } from '../app';
import { linesOf } from '../excerpts/lines';
import { requestToEdit } from '../request-to-edit';

/** Shows the request under the cursor as a person reads it; the view follows the cursor. */
export async function previewRequest(app: App, target?: unknown): Promise<void> {
  const request = await requestToEdit(app, target, 'Preview Request');
  const block = request && (await linesOf(request.file, app.edits).read(request.line, { lines: 1 }));
  if (request && block) await app.preview.show(request.file, block.bytes);
}
