import { loadServer } from '../bundles';
import { EXIT, type Exit } from '../exit';
import { parse } from '../flags';

/** Runs the language server on stdin and stdout. */
export async function lsp(args: readonly string[]): Promise<Exit> {
  parse(args, { stdio: { type: 'boolean' } });
  loadServer().runServer();
  return EXIT.ok;
}
