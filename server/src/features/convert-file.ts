import type { CancellationToken, Connection } from 'vscode-languageserver';
import { type ConvertedFile, convertFile } from '../../../files/convert-file';
import { diskPathOf, onDisk } from '../disk-work';
import type { ConvertFileParams } from '../protocol';

/** Writes a file's requests in another shape. Throws a ResponseError that says in one sentence why it could not be done. */
export function convertOnDisk(
  params: ConvertFileParams,
  cancel: CancellationToken,
  { connection }: { readonly connection: Connection },
): Promise<ConvertedFile> {
  const { uri, target, to, model } = params;
  return onDisk(connection, 'Converting requests', params, cancel, (options) =>
    convertFile(diskPathOf(uri), diskPathOf(target), { ...options, to, model }),
  );
}
