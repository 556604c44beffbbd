import { hosts } from './hosts/hosts.mjs';
import { runUi } from './run-ui.mjs';

const [, , host, ...parts] = process.argv;
console.log(await runUi(hosts[Number(host)], parts.length ? parts : undefined));
