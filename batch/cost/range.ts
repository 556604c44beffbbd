/** What is nearly sure not to be undercut, what is likely, what is nearly sure not to be exceeded. */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export function plus(a: Range, b: Range): Range {
  return { low: a.low + b.low, expected: a.expected + b.expected, high: a.high + b.high };
}

/** What is in `a` beside `b`, which is part of it. */
export function minus(a: Range, b: Range): Range {
  return { low: a.low - b.low, expected: a.expected - b.expected, high: a.high - b.high };
}

export function times({ low, expected, high }: Range, factor: number): Range {
  return { low: low * factor, expected: expected * factor, high: high * factor };
}

/** Whether it is one figure. */
export function isSure({ low, high }: Range): boolean {
  return low === high;
}
