import type { RowView, SortKey } from './messages';

/** A column of the table. */
export interface Column {
  readonly id: string;
  readonly label: string;
  /** In em; a column that `grows` takes what is left of the width. */
  readonly width: number;
  readonly grows?: boolean;
  readonly sort: SortKey | null;
  readonly isNumeric?: boolean;
  textOf(row: RowView): string;
}

const COLUMNS: readonly Column[] = [
  { id: 'status', label: 'Status', width: 8, sort: 'status', textOf: ({ status }) => status },
  {
    id: 'custom_id',
    label: 'custom_id',
    width: 10,
    sort: 'custom_id',
    textOf: ({ customId }) => customId,
  },
  {
    id: 'stop_reason',
    label: 'Stop reason',
    width: 8,
    sort: 'stop_reason',
    textOf: ({ stopReason }) => stopReason,
  },
  { id: 'answer', label: 'Answer', width: 11, grows: true, sort: 'length', textOf: ({ words }) => words },
  { id: 'tokens', label: 'Tokens', width: 7.5, sort: 'tokens', isNumeric: true, textOf: ({ tokens }) => tokens },
  { id: 'cost', label: 'Cost', width: 6.5, sort: 'cost', isNumeric: true, textOf: ({ cost }) => cost },
  {
    id: 'estimated',
    label: 'Estimated',
    width: 6.5,
    sort: null,
    isNumeric: true,
    textOf: ({ estimated }) => estimated,
  },
  { id: 'line', label: 'Line', width: 4.5, sort: 'line', isNumeric: true, textOf: ({ line }) => line },
];

/** Columns that are shown until a person chooses others. */
export const SHOWN_AT_FIRST: readonly string[] = [
  'status',
  'custom_id',
  'stop_reason',
  'answer',
  'tokens',
  'cost',
  'estimated',
];

/** Every column there is; `fields` are those of the JSON that was asked for. */
export function allColumns(fields: readonly string[]): readonly Column[] {
  const ofFields = fields.map(
    (name, index): Column => ({
      id: `field:${name}`,
      label: name,
      width: 9,
      sort: null,
      textOf: (row) => row.fields[index] ?? '',
    }),
  );
  return [...COLUMNS, ...ofFields];
}
