import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import {
  isCountedWith,
  refusalKind,
  refusalsCountForMs,
  sumOfRefusals,
} from '../../src/domain/audit/refusals.ts';
import type { Audit } from '../../src/ports/audit.ts';

/** The contract of the Redis store without Redis. `record` is told of every step that goes on record, now or later. */
export function memoryAudit(record: (entry?: AuditEntry) => void): Audit {
  const kinds = new Map<string, { readonly until: number; count: number; last?: AuditEntry }>();

  const settle = (kind: string, now: number): readonly AuditEntry[] => {
    const { count = 0, last } = kinds.get(kind) ?? {};
    kinds.delete(kind);
    if (!last) return [];
    const sum = sumOfRefusals(last, count, now);
    record(sum);
    return [sum];
  };

  return {
    append: async (entry) => {
      record(entry);
    },
    refuse: async (entry) => {
      const kind = refusalKind(entry);
      const known = kinds.get(kind);
      if (known && isCountedWith(known.until, entry.at)) {
        record();
        known.count += 1;
        if (entry.session || !known.last) known.last = entry;
        return false;
      }
      settle(kind, entry.at);
      record(entry);
      kinds.set(kind, { until: entry.at + refusalsCountForMs, count: 0 });
      return true;
    },
    sumRefusals: async (now) =>
      [...kinds].filter(([, { until }]) => until <= now).flatMap(([kind]) => settle(kind, now)),
  };
}
