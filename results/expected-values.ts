import { parse } from 'csv-parse/sync';

/** What answers should be, by id: the columns `custom_id` and `expected` of a CSV, else its first two. Throws for what is no table. */
export function expectedValues(text: string): ReadonlyMap<string, string> {
  const [header = [], ...records]: string[][] = parse(text, { bom: true, skip_empty_lines: true });
  const column = (name: string, usual: number): number => (header.includes(name) ? header.indexOf(name) : usual);
  const [id, value] = [column('custom_id', 0), column('expected', 1)];
  return new Map(records.map((record) => [record[id] ?? '', record[value] ?? '']));
}
