import type { Cost, Range } from './cost/estimate';

/** Figures as people read them: the editor, the terminal and the question before a submission say the same. */

/** `40,000` */
export function count(amount: number): string {
  return Math.round(amount).toLocaleString('en-US');
}

/** `1 request`, `40,000 requests` */
export function counted(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Bytes in decimal units, as the API's limits are said: `61 MB`, `1.4 KB`, `312 bytes`. */
export function size(bytes: number): string {
  const units = ['KB', 'MB', 'GB'];
  let amount = bytes;
  let unit = 'bytes';
  while (amount >= 999.5 && units.length > 0) {
    amount /= 1000;
    unit = units.shift() ?? unit;
  }
  return `${unit === 'bytes' || amount >= 9.95 ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
}

/** `$9.60`, `$1,234.50`; below a cent two digits that say something: `$0.0012`. */
export function usd(amount: number): string {
  if (amount === 0 || amount >= 0.00995) {
    return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  return amount < 0.000001 ? 'less than $0.000001' : `$${Number(amount.toPrecision(2)).toFixed(decimals(amount))}`;
}

/** A share as `2.1 %`, `12 %`. */
export function percent(share: number): string {
  const amount = 100 * share;
  return `${amount < 9.95 ? Number(amount.toFixed(1)) : Math.round(amount)} %`;
}

/** The three figures of a cost, kept apart: `input ≈ $9.60 · output ≈ $0.50 expected, at most $102.40`. */
export function costPhrase({ input, output }: Cost): string {
  return `input ≈ ${usd(input.expected)} · output ≈ ${usd(output.expected)} expected, at most ${usd(output.high)}`;
}

/** `1,234`, or `1,100–1,400` where the guess is a wide one. */
export function range({ low, high }: Range): string {
  return count(low) === count(high) ? count(low) : `${count(low)}–${count(high)}`;
}

/** Decimal places that keep two significant digits of an amount below 0.01. */
function decimals(amount: number): number {
  return 1 - Math.floor(Math.log10(amount));
}
