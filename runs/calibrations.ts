import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CalibrationByModel, type Calibrations, isUsable } from '../batch/cost/calibration';
import { isObject } from '../batch/json';
import { filesIn, makeFolder, writeDurably } from './run-files';

/** The calibrations of one file, as they lie in a file of their own. */
interface StoredCalibrations {
  /** Absolute path of the batch file. */
  readonly source: string;
  /** Counted by a sandbox: they tell nothing of what the API would count. */
  readonly sandbox: boolean;
  readonly models: CalibrationByModel;
}

/** Keeps what was counted of a file; models that were not counted now keep what they had. Throws `RunError` `disk`. */
export async function keepCalibrations(
  stateDir: string,
  { source, sandbox, models }: StoredCalibrations,
): Promise<void> {
  const folder = calibrationsFolder(stateDir);
  await makeFolder(folder);
  const name = createHash('sha256').update(`${sandbox} ${source}`).digest('hex').slice(0, 32);
  const file = path.join(folder, `${name}.json`);
  const stored: StoredCalibrations = {
    source,
    sandbox,
    models: { ...(await readStored(file))?.models, ...models },
  };
  await writeDurably(file, `${JSON.stringify(stored, null, 2)}\n`);
}

/** All that were kept for the coefficients that we estimate by. Makes nothing, and passes over what it cannot read. */
export async function calibrationsIn(
  stateDir: string,
  { sandbox }: { readonly sandbox: boolean },
): Promise<Calibrations> {
  const stored = await Promise.all((await filesIn(calibrationsFolder(stateDir), '.json')).map(readStored));
  const wanted = stored.flatMap((it) => (it?.sandbox === sandbox ? [[it.source, usable(it.models)] as const] : []));
  return Object.fromEntries(wanted);
}

function usable(models: CalibrationByModel): CalibrationByModel {
  return Object.fromEntries(Object.entries(models).filter(([, one]) => isUsable(one)));
}

async function readStored(file: string): Promise<StoredCalibrations | undefined> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8'));
    return isObject(value) && typeof value.source === 'string' && isObject(value.models)
      ? (value as unknown as StoredCalibrations)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where they lie. */
export function calibrationsFolder(stateDir: string): string {
  return path.join(stateDir, 'calibrations');
}
