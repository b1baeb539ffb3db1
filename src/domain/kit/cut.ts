export interface Cut<Item> {
  readonly shown: readonly Item[];
  readonly count: number;
}

export function cut<Item>(items: readonly Item[], atMost: number): Cut<Item> {
  return { shown: items.slice(0, atMost), count: items.length };
}
