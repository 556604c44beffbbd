import type { CancellationToken, Connection } from 'vscode-languageserver';
import { starterTemplate } from '../../../batch/from-data/starter-template';
import {
  type CreatedFile,
  type CreationPreview,
  createFile,
  previewCreation,
} from '../../../files/from-data/create-requests';
import { columnsOf } from '../../../files/from-data/data-rows';
import { diskPathOf, onDisk } from '../disk-work';
import type { CreateFileParams, CreationParams } from '../protocol';
import type { Settings } from '../settings';

interface Needs {
  readonly connection: Connection;
  readonly settings: Settings;
}

/** Writes a batch file from data. Throws a ResponseError that says in one sentence why there is none. */
export function createOnDisk(
  params: CreateFileParams,
  cancel: CancellationToken,
  { connection }: Needs,
): Promise<CreatedFile> {
  return onDisk(connection, 'Creating batch file', params, cancel, (options) =>
    createFile({ template: diskPathOf(params.template), data: diskPathOf(params.data) }, diskPathOf(params.target), {
      ...options,
      idsTarget: diskPathOf(params.idsTarget),
    }),
  );
}

/** What the file would be, judged as one beside the data. Throws as `createOnDisk` does. */
export function previewOnDisk(
  params: CreationParams,
  cancel: CancellationToken,
  { connection, settings }: Needs,
): Promise<CreationPreview> {
  return onDisk(connection, 'Looking through the data', params, cancel, async (options) => {
    const { context } = await settings.judgementOf(params.data);
    const source = { template: diskPathOf(params.template), data: diskPathOf(params.data) };
    return previewCreation(source, context, options);
  });
}

/** A template to begin with, for the columns of the data. Throws as `createOnDisk` does. */
export function starterOnDisk(
  params: { data: string },
  cancel: CancellationToken,
  { connection, settings }: Needs,
): Promise<string> {
  return onDisk(connection, 'Reading the columns', {}, cancel, async () => {
    const { context } = await settings.judgementOf(params.data);
    return starterTemplate(await columnsOf(diskPathOf(params.data)), context.models);
  });
}
