import type { Redis } from 'ioredis';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName, readCardName } from '../../domain/cards/kinds.ts';
import type { Due, DueItem } from '../../ports/due.ts';
import type { Log } from '../../ports/log.ts';
import { dueKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

export function dueAlert(id: string): string {
  return `alert:${id}`;
}

export function dueRequest(id: string): string {
  return `request:${id}`;
}

export function dueCard(key: CardKey): string {
  return `card:${cardName(key)}`;
}

export function redisDue({ redis, log }: { readonly redis: Redis; readonly log: Log }): Due {
  return {
    by: async (now, atMost) => {
      const members = await reach(redis.zrangebyscore(dueKey, '-inf', now, 'LIMIT', 0, atMost));
      const unreadable = members.filter((member) => !itemOf(member));
      if (unreadable.length > 0) {
        log.error({ members: unreadable }, 'dropped what is due and cannot be read');
        await reach(redis.zrem(dueKey, ...unreadable));
      }
      return members.flatMap((member) => itemOf(member) ?? []);
    },
  };
}

function itemOf(member: string): DueItem | undefined {
  const [, kind = '', name = ''] = /^([a-z]+):(.+)$/s.exec(member) ?? [];
  return isKind(kind) ? readers[kind](name) : undefined;
}

const readers: Readonly<Record<DueItem['kind'], (name: string) => DueItem | undefined>> = {
  card: (name) => {
    const key = readCardName(name);
    return key && { kind: 'card', key };
  },
  alert: (id) => (id.includes(':') ? undefined : { kind: 'alert', id }),
  request: (id) => (id.includes(':') ? undefined : { kind: 'request', id }),
};

function isKind(name: string): name is DueItem['kind'] {
  return Object.hasOwn(readers, name);
}
