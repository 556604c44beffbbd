import type { CancellationToken, Connection } from 'vscode-languageserver';
import { fixFile } from '../../../files/fix-file';
import { diskPathOf, onDisk } from '../disk-work';
import type { FileFixed, FixFileParams } from '../protocol';
import type { Settings } from '../settings';

/** Writes a mended copy of a file on disk. Throws a ResponseError that says in one sentence why there is none. */
export async function fixOnDisk(
  params: FixFileParams,
  cancel: CancellationToken,
  { connection, settings }: { readonly connection: Connection; readonly settings: Settings },
): Promise<FileFixed> {
  const { uri, rules, target, idsTarget } = params;
  return onDisk(connection, 'Fixing batch file', params, cancel, async (options) => {
    const { context } = await settings.judgementOf(uri);
    const { changed, renamed } = await fixFile(diskPathOf(uri), diskPathOf(target), {
      ...options,
      context,
      rules: new Set(rules),
      idsTarget: diskPathOf(idsTarget),
    });
    return { changed, renamed: renamed.length };
  });
}
