import { isObject, type JsonObject } from '../json';
import { bedrock, vertex } from './cloud';
import { openai } from './openai';
import type { LineShape, ShapeId } from './shape';

/** The shapes that have one request a line. */
export const LINE_SHAPES: readonly LineShape[] = [openai, bedrock, vertex];

/** All that can be converted to and from, with the words that a person chooses by. */
export const SHAPES: readonly { readonly id: ShapeId; readonly title: string }[] = [
  ...LINE_SHAPES.map(({ id, title }) => ({ id, title })),
  { id: 'create-body', title: 'A whole create body' },
];

/** The shape of a line, if it is one of those above; ours is none of them. */
export function shapeOf(value: unknown): LineShape | undefined {
  return isObject(value) ? LINE_SHAPES.find((shape) => shape.isLine(value as JsonObject)) : undefined;
}
