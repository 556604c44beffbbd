/** Some lines of a file: ranges [from, to) of their 0-based numbers, in order, none touching the next. Plain data. */
export type LineSelection = readonly (readonly [from: number, to: number])[];

/** Whether a line is among them. Asked line by line, in order. */
export type Takes = (line: number) => boolean;

/** Every line where there is no selection. */
export function takesOf(lines: LineSelection | undefined): Takes {
  if (!lines) return () => true;
  let at = 0;
  return (line) => {
    while (line >= (lines[at]?.[1] ?? Number.POSITIVE_INFINITY)) at++;
    return line >= (lines[at]?.[0] ?? Number.POSITIVE_INFINITY);
  };
}

/** The lines of these numbers, in order. */
export function selectionOf(numbers: Iterable<number>): LineSelection {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number) last[1]++;
    else ranges.push([number, number + 1]);
  }
  return ranges;
}

/** The lines of a file but these, which are in order. */
export function allBut(numbers: readonly number[]): LineSelection {
  const ranges: [number, number][] = [];
  let from = 0;
  for (const number of numbers) {
    if (number > from) ranges.push([from, number]);
    from = number + 1;
  }
  return [...ranges, [from, Number.MAX_SAFE_INTEGER]];
}
