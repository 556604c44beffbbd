import { learnedIn } from '../../runs/learned';
import { storedModels } from '../../runs/stored-models';
import { loadServer } from '../bundles';
import { EXIT, type Exit } from '../exit';
import { parse } from '../flags';
import { stateFolder } from '../state-folder';
import type { Terminal } from '../terminal';

/** Runs the language server on stdin and stdout, with what the Models API said and what was learned on this machine. */
export async function lsp(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values } = parse(args, { stdio: { type: 'boolean' }, 'state-dir': { type: 'string' } });
  const stateDir = stateFolder(values['state-dir'], terminal);
  const learned = await learnedIn(stateDir, { sandbox: false });
  loadServer().runServer({ models: storedModels(stateDir), learned });
  return EXIT.ok;
}
