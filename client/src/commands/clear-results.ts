import type { App } from '../app';
import { targetFile } from '../target';

/** Takes all that came back for a file out of the editor: problems, marks and answers. The files stay. */
export async function clearResults(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  if (app.results.source?.toString() === file.toString()) app.results.close();
  await app.marks.clear(file);
}
