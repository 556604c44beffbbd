import { loadSandbox } from '../bundles';
import { EXIT, type Exit } from '../exit';
import { numberOf, parse } from '../flags';
import type { Terminal } from '../terminal';

/** Runs a local Message Batches API until Ctrl-C; its first line on stdout says where it is and which key it takes. */
export async function sandbox(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values } = parse(args, {
    port: { type: 'string' },
    row: { type: 'string', multiple: true },
    seed: { type: 'string' },
  });
  numberOf('port', values.port);
  terminal.say('The sandbox answers like the Message Batches API, costs nothing and keeps nothing. Ctrl-C ends it.');
  await loadSandbox().main(args);
  return EXIT.ok;
}
