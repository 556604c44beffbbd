/** How many requests name a model. */
export interface ModelCount {
  readonly model: string;
  readonly requests: number;
}

/** Models as written with the number of their requests, most first. */
export function modelCounts(models: ReadonlyMap<string, number>): ModelCount[] {
  return [...models].map(([model, requests]) => ({ model, requests })).sort((a, b) => b.requests - a.requests);
}
