import type { Path } from '../finding';

/**
 * A field as people write it: `max_tokens`, `params.messages[0].role`, `/params/messages/0/role`. What begins with neither
 * `custom_id` nor `params` is meant inside the params. Undefined for what is no path.
 */
export function parseFieldPath(text: string): Path | undefined {
  const trimmed = text.trim();
  const steps = trimmed.startsWith('/') ? pointerSteps(trimmed) : dottedSteps(trimmed);
  if (!steps || steps.length === 0 || steps.includes('')) return undefined;
  return steps[0] === 'params' || steps[0] === 'custom_id' ? steps : ['params', ...steps];
}

function pointerSteps(text: string): (string | number)[] {
  const steps = text.slice(1).split('/');
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function dottedSteps(text: string): (string | number)[] | undefined {
  if (!/^[^.[\]\s]+(?:\.[^.[\]\s]+|\[\d+\])*$/.test(text)) return undefined;
  return [...text.matchAll(/[^.[\]]+/g)].map(({ 0: step, index }) => (text[index - 1] === '[' ? Number(step) : step));
}
