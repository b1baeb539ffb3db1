import type { Redis } from 'ioredis';
import type { LogAsks } from '../../ports/log-asks.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { logStandingKey, logTurnKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { encode } from '../record/record.ts';
import type { RedisRecords } from '../record/records.ts';
import { logStandingShape } from '../record/shapes/logs.ts';

export function redisLogAsks({
  redis,
  records,
}: {
  readonly redis: Redis;
  readonly records: RedisRecords;
}): LogAsks {
  const read = async () => records.read(logStandingKey, logStandingShape).catch(asUnreadable);
  return {
    takeTurn: async (forMs) => (await reach(redis.set(logTurnKey, '', 'PX', forMs, 'NX'))) === 'OK',
    keepTurn: async (forMs) => {
      await reach(redis.set(logTurnKey, '', 'PX', forMs));
    },
    note: async (standing) => {
      if (!((await read()) instanceof UnreadableRecord)) {
        await reach(redis.set(logStandingKey, encode(standing)));
      }
    },
    last: async () => {
      const last = await read();
      return last instanceof UnreadableRecord ? undefined : last;
    },
  };
}
