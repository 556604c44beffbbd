/** How many requests name a model. */
export interface ModelCount {
  readonly model: string;
  readonly requests: number;
}

/** Counts models as written, most requests first; undefined ones are left out. */
export function countModels(models: Iterable<string | undefined>): ModelCount[] {
  const counts = new Map<string, number>();
  for (const model of models) if (model !== undefined) counts.set(model, (counts.get(model) ?? 0) + 1);
  return [...counts].map(([model, requests]) => ({ model, requests })).sort((a, b) => b.requests - a.requests);
}
