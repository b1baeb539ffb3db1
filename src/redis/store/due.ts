import type { Redis } from 'ioredis';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName, readCardName } from '../../domain/cards/kinds.ts';
import type { Due, DueItem } from '../../ports/due.ts';
import { alertKey, cardKey, dueKey, requestKey, subjectKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';

export function dueAlert(id: string): string {
  return `alert:${id}`;
}

export function dueRequest(id: string): string {
  return `request:${id}`;
}

export function dueCard(key: CardKey): string {
  return `card:${cardName(key)}`;
}

/** An item that this version cannot read stays for the version that can. */
export function redisDue({ redis, records }: { readonly redis: Redis; readonly records: RedisRecords }): Due {
  return {
    by: async (now, atMost) => {
      const unreadable = new Set((await records.unreadable()).map(({ key }) => key));
      const found: DueItem[] = [];
      for (let offset = 0; found.length < atMost; offset += atMost) {
        const page = await reach(redis.zrangebyscore(dueKey, '-inf', now, 'LIMIT', offset, atMost));
        const items = page.flatMap((member) => itemOf(member) ?? noted(records, member));
        found.push(...items.filter((item) => !recordsOf(item).some((key) => unreadable.has(key))));
        if (page.length < atMost) break;
      }
      return found.slice(0, atMost);
    },
    postpone: async (item, until) => {
      await reach(redis.zadd(dueKey, 'XX', until, memberOf(item)));
    },
  };
}

function noted(records: RedisRecords, member: string): readonly DueItem[] {
  const place = { key: dueKey, member, name: `${dueKey} ${member}` };
  records.note({ place, why: 'not of a kind that this version knows', reads: () => false });
  return [];
}

function memberOf(item: DueItem): string {
  switch (item.kind) {
    case 'card':
      return dueCard(item.key);
    case 'alert':
      return dueAlert(item.id);
    case 'request':
      return dueRequest(item.id);
  }
}

function recordsOf(item: DueItem): readonly string[] {
  switch (item.kind) {
    case 'card':
      return [cardKey(item.key), subjectKey(item.key)];
    case 'alert':
      return [alertKey(item.id)];
    case 'request':
      return [requestKey(item.id)];
  }
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
