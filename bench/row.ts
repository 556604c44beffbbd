/** One figure beside its yardstick, both from this run. */
export interface Row {
  readonly what: string;
  readonly yardstick: string;
  /** Ours over the yardstick's (×), ours less the yardstick's (ms, MB, %), or ours alone; null where it was not measured, and the note says why. */
  readonly value: number | null;
  readonly unit: '×' | 'ms' | 'MB' | 'KB' | '%' | 'a second';
  /** What it should reach: at most, or at least, so much; null where no figure is asked. */
  readonly reach: { readonly most: number } | { readonly least: number } | null;
  readonly note: string;
}

/** Prints rows as a table in Markdown, the yardsticks beside. */
export function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => [row.what, row.yardstick, measured(row), reachOf(row), row.note]);
  const table = [['what', 'yardstick', 'measured', 'reach', 'note'], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const print = (line: readonly string[]): void => console.log(`| ${line.map(padded(widths)).join(' | ')} |`);
  print(table[0]!);
  print(widths.map((width) => '-'.repeat(width)));
  for (const line of cells) print(line);
}

function measured({ value, unit, reach }: Row): string {
  if (value === null) return '–';
  const reached = reach === null || ('most' in reach ? value <= reach.most : value >= reach.least);
  return `${number(value, unit)}${reached ? '' : ' (missed)'}`;
}

function reachOf({ reach, unit }: Row): string {
  if (reach === null) return 'no figure asked';
  return 'most' in reach ? `≤ ${reach.most} ${unit}` : `≥ ${reach.least.toLocaleString('en-US')} ${unit}`;
}

function number(value: number, unit: Row['unit']): string {
  const digits = unit === '×' || unit === 'ms' ? 2 : unit === '%' || unit === 'KB' ? 1 : 0;
  return `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

function padded(widths: readonly number[]): (cell: string, column: number) => string {
  return (cell, column) => cell.padEnd(widths[column] ?? 0);
}
