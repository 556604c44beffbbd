import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Connection } from 'vscode-languageserver';
import { parseSettings } from '../../../files/settings-file';
import { toFaultDiagnostic } from '../to-lsp';

/** Shows what is wrong in the settings files that were read: what is not understood there does not count. */
export class SettingsFaults {
  readonly #shown = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** Looks at a settings file anew; one that is gone has no faults. */
  async show(path: string): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const { faults } = parseSettings(text);
    const uri = pathToFileURL(path).href;
    if (faults.length === 0 && !this.#shown.delete(uri)) return;
    if (faults.length > 0) this.#shown.add(uri);
    const diagnostics = faults.map(({ message, start, end }) => toFaultDiagnostic(text, start, end, message));
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }
}
