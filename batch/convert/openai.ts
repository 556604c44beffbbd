import { isObject } from '../json';
import { fromOpenAiLine } from './from-openai';
import type { LineShape } from './shape';
import { toOpenAiLine } from './to-openai';

/** Batch lines of OpenAI and of those that take the same. */
export const openai: LineShape = {
  id: 'openai',
  title: 'OpenAI batch requests',
  isLine: ({ body, url }) => isObject(body) && typeof url === 'string',
  read: fromOpenAiLine,
  write: toOpenAiLine,
};
