/**
 * What a text is: a batch file, a results file, another shape that we name, or none of our business.
 * `unknown-empty` files by name only.
 */
export type FileKind = 'batch' | 'results' | 'other-shape' | 'none';
