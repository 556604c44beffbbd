import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CaseName } from './cases';
import { median } from './median';

/** What a case took in a process of its own; the start of the process does not count. */
export interface Taken {
  /** Of what the case measures. */
  readonly ms: number;
  /** The most memory that the process ever held, in bytes. */
  readonly peak: number;
}

/** A case and its arguments. */
export type Call = readonly [CaseName, ...string[]];

/** Medians of `rounds` runs of each, each run in a new process, in turn so that a busy machine meets all alike. */
export async function inProcesses<Name extends string>(
  rounds: number,
  calls: Readonly<Record<Name, Call>>,
): Promise<Record<Name, Taken>> {
  const names = Object.keys(calls) as Name[];
  const taken = new Map<Name, Taken[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) taken.get(name)!.push(await inProcess(calls[name]));
  const medianOf = (name: Name, key: keyof Taken): number => median(taken.get(name)!.map((each) => each[key]));
  return Object.fromEntries(
    names.map((name) => [name, { ms: medianOf(name, 'ms'), peak: medianOf(name, 'peak') }]),
  ) as Record<Name, Taken>;
}

async function inProcess([name, ...args]: Call): Promise<Taken> {
  const child = fork(path.join(__dirname, 'bench-process.js'), [name, ...args]);
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]);
  if (!message) throw new Error(`The case ${name} ended without a result.`);
  return message as Taken;
}
