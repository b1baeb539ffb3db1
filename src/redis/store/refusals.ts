import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import {
  isCountedWith,
  refusalKind,
  refusalsCountForMs,
  sumOfRefusals,
} from '../../domain/audit/refusals.ts';
import type { Audit } from '../../ports/audit.ts';
import { lastRefusalsKey, refusalCountsKey, refusalsKey } from '../record/keys.ts';
import { apart, markOfRecord } from '../record/delivery-mark.ts';
import { reach, reachAll } from '../record/reach.ts';
import { decode, encode } from '../record/record.ts';
import { auditEntryShape } from '../record/shapes/audit.ts';
import { lacksMember, scoredFrom } from '../record/conditions.ts';
import { effect, outlive } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { appendEntry } from './audit.ts';

const atMost = 100;
const kindShape = z.array(z.string());

export function redisRefusals({
  redis,
  keepMs,
}: {
  readonly redis: Redis;
  readonly keepMs: number;
}): Pick<Audit, 'refuse' | 'sumRefusals'> {
  const commit = redisCommit(redis);

  async function begin(kind: string, entry: AuditEntry) {
    return commit(
      [lacksMember(refusalsKey, kind)],
      [
        appendEntry(entry, keepMs),
        effect('ZADD', refusalsKey, entry.at + refusalsCountForMs, kind),
        outlive(refusalsKey, keepMs),
      ],
    );
  }

  /** As `isCountedWith` decides. */
  async function count(kind: string, entry: AuditEntry) {
    const mark = markOfRecord();
    return commit(
      [
        ...mark.conditions,
        scoredFrom(refusalsKey, kind, { from: entry.at + 1, upTo: entry.at + 2 * refusalsCountForMs }),
      ],
      [
        ...mark.effects,
        effect('ZINCRBY', refusalCountsKey, 1, kind),
        // An entry without a session keeps the session of those before it.
        effect(entry.session ? 'HSET' : 'HSETNX', lastRefusalsKey, kind, encode(entry)),
        outlive(refusalCountsKey, keepMs),
        outlive(lastRefusalsKey, keepMs),
      ],
    );
  }

  async function settle(kind: string, now: number): Promise<readonly AuditEntry[]> {
    const look = redis.pipeline().zscore(refusalsKey, kind).zscore(refusalCountsKey, kind);
    const [until, counted, last] = await reachAll(look.hget(lastRefusalsKey, kind));
    if (typeof until !== 'string' || isCountedWith(Number(until), now)) return [];
    const isSame = scoredFrom(refusalsKey, kind, { from: Number(until), upTo: Number(until) });
    const over = [
      effect('ZREM', refusalsKey, kind),
      effect('ZREM', refusalCountsKey, kind),
      effect('HDEL', lastRefusalsKey, kind),
    ];
    if (typeof counted !== 'string') {
      await commit([isSame, lacksMember(refusalCountsKey, kind)], over);
      return [];
    }
    const times = Number(counted);
    const sum = sumOfRefusals(lastOf(kind, last), times, now);
    const saved = await commit(
      [isSame, scoredFrom(refusalCountsKey, kind, { from: times, upTo: times })],
      [appendEntry(sum, keepMs), ...over],
    );
    return saved === 'saved' ? [sum] : [];
  }

  return {
    refuse: async (entry) => {
      const kind = refusalKind(entry);
      for (;;) {
        if ((await count(kind, entry)) === 'saved') return false;
        if ((await begin(kind, entry)) === 'saved') return true;
        await apart(async () => settle(kind, entry.at));
      }
    },
    sumRefusals: async (now) => {
      const kinds = await reach(redis.zrangebyscore(refusalsKey, '-inf', now, 'LIMIT', 0, atMost));
      const sums = await Promise.all(kinds.map(async (kind) => settle(kind, now)));
      return sums.flat();
    },
  };
}

/** The name of the kind tells who was refused what, where another version's entry cannot be read. */
function lastOf(kind: string, text: unknown): AuditEntry {
  const decoded = typeof text === 'string' ? decode(auditEntryShape, text) : undefined;
  if (decoded?.ok) return decoded.value;
  const [by = '', what = '', why] = kindShape.parse(JSON.parse(kind));
  return { at: 0, by, what, ...(why !== undefined && { why }) };
}
