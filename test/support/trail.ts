import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { AuditEntry } from '../../src/domain/audit/entry.ts';

const entryShape: z.ZodType<AuditEntry> = z.object({
  at: z.number(),
  by: z.string(),
  ids: z.array(z.string()).exactOptional(),
  what: z.string(),
  requestId: z.string().exactOptional(),
  batchId: z.string().exactOptional(),
  alertId: z.string().exactOptional(),
  session: z
    .object({
      hostId: z.string(),
      sessionId: z.string(),
      startedAt: z.number(),
      vm: z.string(),
      vmLogin: z.string(),
    })
    .exactOptional(),
  why: z.string().exactOptional(),
  until: z.number().exactOptional(),
  count: z.number().exactOptional(),
});

export interface TimedEntry {
  /** By the clock of Redis. */
  readonly storedAt: number;
  readonly entry: AuditEntry;
}

/** The audit stream as it lies in Redis, oldest first. */
export async function timedTrail(redis: Redis): Promise<readonly TimedEntry[]> {
  const entries = await redis.xrange('{bastion}:audit', '-', '+');
  return entries.map(([id, [, text = '']]) => ({
    storedAt: Number(id.split('-')[0]),
    entry: entryShape.parse(JSON.parse(text)),
  }));
}

export async function auditTrail(redis: Redis): Promise<readonly AuditEntry[]> {
  return (await timedTrail(redis)).map(({ entry }) => entry);
}
