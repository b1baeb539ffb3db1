import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CardKey } from '../domain/cards/kinds.ts';
import { cardName, readWrittenKey, writtenKey } from '../domain/cards/kinds.ts';
import type { HostId } from '../domain/hosts/host.ts';
import type { DueItem } from '../ports/due.ts';

/** One hash tag for all keys, so that a Redis cluster keeps a queue on one node. */
export const prefix = '{bastion}';

/** Apart, so that neither polls nor requests, which wait minutes for their hosts, keep a decision or a card waiting. */
export const queueNames = { polls: 'polls', requests: 'requests', tasks: 'tasks' } as const;

/** `at`: when an extra poll is due; a scheduled one has none. */
const poll = z.object({ hostId: z.string().min(1), at: z.number().optional() });
const card = z
  .object({ subject: z.string(), id: z.string(), role: z.string() })
  .transform(readWrittenKey)
  .pipe(z.custom<CardKey>((key) => key !== undefined));
const subject = z.object({ id: z.string().min(1) });

export const payloads = { poll, card, alert: subject, request: subject };

export type JobName = keyof typeof payloads;
export type Payload<Name extends JobName> = z.output<(typeof payloads)[Name]>;
export type TaskName = Exclude<JobName, 'poll'>;

export function taskOf(item: DueItem): {
  readonly name: TaskName;
  readonly payload: object;
  readonly id: string;
} {
  switch (item.kind) {
    case 'card':
      return { name: 'card', payload: writtenKey(item.key), id: cardName(item.key, '-') };
    case 'alert':
    case 'request':
      return { name: item.kind, payload: { id: item.id }, id: `${item.kind}-${item.id}` };
  }
}

export function queueOf(name: TaskName): 'requests' | 'tasks' {
  return name === 'request' ? 'requests' : 'tasks';
}

/** BullMQ's ids may hold no colon, and a resource id is long. */
export function digest(hostId: HostId): string {
  return createHash('sha256').update(hostId).digest('hex').slice(0, 24);
}
