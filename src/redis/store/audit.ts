import type { Redis } from 'ioredis';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import type { Audit } from '../../ports/audit.ts';
import { auditKey } from '../record/keys.ts';
import { encode } from '../record/record.ts';
import type { Effect } from '../record/effects.ts';
import { append } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';

export function appendEntry(entry: AuditEntry, keepMs: number): Effect {
  return append(auditKey, encode(entry), entry.at - keepMs);
}

export function redisAudit({
  redis,
  keepMs,
}: {
  readonly redis: Redis;
  readonly keepMs: number;
}): Pick<Audit, 'append'> {
  const commit = redisCommit(redis);
  return {
    append: async (entry) => {
      await commit([], [appendEntry(entry, keepMs)]);
    },
  };
}
