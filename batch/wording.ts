import type { Cost, Range } from './cost/estimate';

/** Figures as people read them: the editor, the terminal and the question before a submission say the same. */

/** Made once: the making costs a hundred times what the writing of a figure does. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const CENTS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `40,000` */
export function count(amount: number): string {
  return WHOLE.format(Math.round(amount));
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
  if (amount === 0 || isCents(amount)) {
    return `$${CENTS.format(amount)}`;
  }
  return `$${Number(amount.toPrecision(2)).toFixed(decimals(amount)).replace(/0$/, '')}`;
}

/** Where a glance is enough: `≈ $9.60`, and `< $0.01` for what is less than a cent. */
export function aboutUsd(amount: number): string {
  return amount === 0 || isCents(amount) ? `≈ ${usd(amount)}` : '< $0.01';
}

/** A bound, where a glance is enough: `up to $102.40`, and no less than a cent. */
export function upToUsd(amount: number): string {
  return `up to ${amount === 0 || isCents(amount) ? usd(amount) : '$0.01'}`;
}

/** Whether it is a cent, rounded, or more. */
function isCents(amount: number): boolean {
  return amount >= 0.00995;
}

/** A share as `2.1 %`, `12 %`. */
export function percent(share: number): string {
  const amount = 100 * share;
  return `${amount < 9.95 ? Number(amount.toFixed(1)) : Math.round(amount)} %`;
}

/** How far an estimate was off, as a share: `2.1 % too low`, `right`. */
export function errorPhrase(error: number): string {
  return Math.abs(error) < 0.0005 ? 'right' : `${percent(Math.abs(error))} too ${error < 0 ? 'low' : 'high'}`;
}

/** What is so many times another: `12 %`, `100 %`, `3.1 times`. */
export function sharePhrase(ratio: number): string {
  return ratio < 1.995 ? percent(ratio) : `${Number(ratio.toPrecision(2))} times`;
}

/** All figures of a cost: `input ≈ $9.60 ($9.10–$10.20) · output ≈ $0.50 expected, up to $102.40`. */
export function costPhrase({ input, output, fees }: Cost): string {
  const calls = fees ? ` · calls of server tools ${aboutUsd(fees.expected)} expected, ${upToUsd(fees.high)}` : '';
  return `input ${aboutUsdRange(input)} · output ${aboutUsd(output.expected)} expected, ${upToUsd(output.high)}${calls}`;
}

/** What `inputWithCaching` gave: `with caching for an hour: input ≈ $4.60 ($2.10 to $12.30, by how many find the cache filled)`. */
export function withCachingPhrase({ low, expected, high }: Range): string {
  return `with caching for an hour: input ≈ ${usd(expected)} (${usd(low)} to ${usd(high)}, by how many find the cache filled)`;
}

/** `≈ $9.60 ($9.10–$10.20)`; `≈ $9.60` where that is sure. */
export function aboutUsdRange({ low, expected, high }: Range): string {
  const isNarrow = usd(low) === usd(high) || !isCents(high);
  return isNarrow ? aboutUsd(expected) : `${aboutUsd(expected)} (${usdRange({ low, high })})`;
}

/** `$9.10–$10.20` */
export function usdRange({ low, high }: Pick<Range, 'low' | 'high'>): string {
  return usd(low) === usd(high) ? usd(low) : `${usd(low)}–${usd(high)}`;
}

/** `1,234 (1,100–1,400)`; `1,234` where that is sure. */
export function range({ low, expected, high }: Range): string {
  return count(low) === count(high) ? count(low) : `${count(expected)} (${count(low)}–${count(high)})`;
}

/** Decimal places that keep two significant digits of an amount below 0.01. */
function decimals(amount: number): number {
  return Math.min(1 - Math.floor(Math.log10(amount)), 20);
}
