import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import type { SettingsChange } from '../../../batch/edit';
import { parseSettings } from '../../../files/settings-file';

const FORMAT: FormattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** The text of a settings file with a change made; comments and everything else stay as they are. Empty text is a new file. */
export function changedSettings(text: string, { apiVersion, addBeta }: SettingsChange): string {
  const start = text.trim() === '' ? '{}\n' : text;
  const versioned = apiVersion === undefined ? start : set(start, 'apiVersion', apiVersion);
  const betas = parseSettings(versioned).settings.betas ?? [];
  return addBeta === undefined || betas.includes(addBeta) ? versioned : set(versioned, 'betas', [...betas, addBeta]);
}

function set(text: string, name: string, value: unknown): string {
  return applyEdits(text, modify(text, [name], value, { formattingOptions: FORMAT }));
}
