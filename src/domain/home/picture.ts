import type { Home } from './home.ts';

const unremarkable: ReadonlySet<string> = new Set(['readAt', 'retryAt', 'reference', 'waiting']);

const minuteMs = 60_000;

export function pictureOf({ sights, waiting }: Home): string {
  const plain = (key: string, value: unknown) => {
    if (key === 'lagMs') return Math.floor(Number(value) / minuteMs);
    return unremarkable.has(key) ? true : value;
  };
  return JSON.stringify([JSON.stringify(sights, plain), waiting]);
}
