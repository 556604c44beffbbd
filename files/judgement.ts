import { dirname, join, relative } from 'node:path';
import picomatch from 'picomatch';
import { parseSplitSize } from '../batch/bulk/split-size';
import { API_VERSIONS, type Context, contextHash } from '../batch/context';
import { expectedOf, type Learned, NOTHING_LEARNED } from '../batch/cost/learned';
import { bundledModels, type ModelTable } from '../batch/cost/models';
import { type BatchLimits, MOST } from '../batch/split';
import type { JudgedBy } from './file-check';
import type { SettingsFault, SettingsRead } from './settings-file';

/** What a person said outside of the file: flags go before it, editor settings after it. */
export interface FaceSettings {
  readonly apiVersion?: string | undefined;
  readonly betas?: readonly string[] | undefined;
  /** Tokens that are expected of an answer where none was seen. */
  readonly expectedOutput?: number | undefined;
}

/** What one file is judged by, and what else is set for it. */
export interface Judgement {
  readonly context: Context;
  readonly judgedBy: JudgedBy;
  /** What was not understood of the settings file, and so does not count. */
  readonly faults: readonly SettingsFault[];
  /** USD; null where nothing is set. */
  readonly maxCost: number | null;
  /** Absolute; null where results go beside the file. */
  readonly resultsFolder: string | null;
  /** What is more goes over as several batches; what the API takes, where nothing is set. */
  readonly splitAt: BatchLimits;
}

/** The version that the SDK sends by default since 1.0.0. */
const DEFAULT_API_VERSION = API_VERSIONS[1];

/** What a file is judged by: flags, then the settings file, then the editor's settings, then the defaults. */
export function judgementFor(
  batchFile: string,
  { path, settings, faults }: SettingsRead,
  {
    flags = {},
    editor = {},
    models = bundledModels,
    learned = NOTHING_LEARNED,
    now,
  }: {
    flags?: FaceSettings;
    editor?: FaceSettings;
    models?: ModelTable;
    learned?: Learned | undefined;
    now: number;
  },
): Judgement {
  const folder = path === null ? null : dirname(path);
  const relativePath = folder === null ? null : slashes(relative(folder, batchFile));
  const applying = settings.overrides.filter(({ files }) => relativePath !== null && matches(relativePath, files));
  const table = models.with(settings.models);
  const usual = settings.expectedOutput ?? editor.expectedOutput ?? null;
  const context: Context = {
    apiVersion: flags.apiVersion ?? settings.apiVersion ?? editor.apiVersion ?? DEFAULT_API_VERSION,
    betas: flags.betas ?? settings.betas ?? editor.betas ?? [],
    models: table.expecting(expectedOf(learned, batchFile, table, usual)),
    now,
    severities: Object.assign({}, settings.rules, ...applying.map(({ rules }) => rules)),
  };
  return {
    context,
    judgedBy: {
      apiVersion: context.apiVersion,
      betas: context.betas,
      models: context.models.date,
      settings: path,
      hash: contextHash(context),
    },
    faults,
    maxCost: settings.maxCost ?? null,
    resultsFolder:
      folder !== null && settings.resultsFolder !== undefined ? join(folder, settings.resultsFolder) : null,
    splitAt: (settings.splitAt !== undefined && parseSplitSize(String(settings.splitAt))) || MOST,
  };
}

/** A glob without a slash is about the file's name, wherever it lies. */
function matches(path: string, globs: readonly string[]): boolean {
  return picomatch.isMatch(
    path,
    globs.map((glob) => (glob.includes('/') ? glob : `**/${glob}`)),
  );
}

const slashes = (path: string) => path.replaceAll('\\', '/');
