import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CardKey } from '../domain/card.ts';
import type { Due, DueItem } from '../ports/due.ts';
import type { Log } from '../ports/log.ts';
import { cardName, dueKey } from './keys.ts';
import { reach } from './reach.ts';
import { cardRoleShape } from './shapes.ts';

const memberShape = z.union([
  z.tuple([z.literal(['alert', 'request']), z.string().min(1)]),
  z.tuple([
    z.literal('card'),
    z.enum(['alert', 'blindness', 'request', 'batch']),
    z.string().min(1),
    cardRoleShape,
  ]),
]);

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
  const { data } = memberShape.safeParse(member.split(':'));
  if (!data) return undefined;
  if (data[0] !== 'card') return { kind: data[0], id: data[1] };
  const [, subject, id, role] = data;
  return { kind: 'card', key: { subject, id, role } };
}
