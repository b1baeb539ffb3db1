export type PartState = 'starting' | 'ok' | 'degraded' | 'down';

export interface Part {
  readonly name: string;
  readonly required: boolean;
  readonly state: PartState;
  readonly detail?: string;
  readonly since: number;
}

export interface Health {
  readonly ready: boolean;
  readonly parts: readonly Part[];
}

export interface HealthBoard {
  /** Before its first report, so that the silence of a part shows. */
  expect(name: string, options: { readonly required: boolean }): void;
  /** `detail` is shown in `/readyz`; a part that was not expected is not required. */
  report(name: string, state: PartState, detail?: string): void;
  health(): Health;
}

export function healthBoard({ clock }: { readonly clock: () => number }): HealthBoard {
  const parts = new Map<string, Part>();
  return {
    expect(name, { required }) {
      parts.set(name, { name, required, state: 'starting', since: clock() });
    },
    report(name, state, detail) {
      const before = parts.get(name);
      const since = before?.state === state ? before.since : clock();
      const required = before?.required ?? false;
      parts.set(name, { name, required, state, ...(detail !== undefined && { detail }), since });
    },
    health() {
      const all = [...parts.values()];
      return { ready: all.every((part) => !part.required || works(part)), parts: all };
    },
  };
}

function works({ state }: Part): boolean {
  return state === 'ok' || state === 'degraded';
}
