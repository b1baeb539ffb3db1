export interface Setback {
  readonly what: string;
  readonly since: number;
  readonly is: 'failing' | 'hanging';
  readonly times: number;
}

export interface Setbacks {
  begun(what: string, withinMs: number): void;
  failed(what: string): number;
  worked(what: string): void;
  totals(): ReadonlyMap<string, number>;
  standing(): readonly Setback[];
}

const mostKept = 1000;

export function setbacks(clock: () => number): Setbacks {
  const failing = new Map<string, { readonly since: number; readonly times: number }>();
  const underWay = new Map<string, { readonly since: number; readonly withinMs: number }>();
  const totals = new Map<string, number>();
  return {
    begun: (what, withinMs) => void underWay.set(what, { since: clock(), withinMs }),
    failed(what) {
      if (underWay.delete(what)) totals.set(what, (totals.get(what) ?? 0) + 1);
      const { since = clock(), times = 0 } = failing.get(what) ?? {};
      if (times > 0 || failing.size < mostKept) failing.set(what, { since, times: times + 1 });
      return times + 1;
    },
    totals: () => totals,
    worked(what) {
      underWay.delete(what);
      failing.delete(what);
    },
    standing() {
      const now = clock();
      const hanging = [...underWay].filter(([, { since, withinMs }]) => now - since > withinMs);
      return [
        ...[...failing].map(([what, { since, times }]) => ({ what, since, is: 'failing' as const, times })),
        ...hanging.map(([what, { since }]) => ({ what, since, is: 'hanging' as const, times: 0 })),
      ];
    },
  };
}

const firstRestMs = 5000;
const longestRestMs = 10 * 60_000;

export function restMs(times: number): number {
  return Math.min(longestRestMs, firstRestMs * 2 ** Math.max(0, times - 1));
}
