import type { Redis } from 'ioredis';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { cardsOfRequest, changedCardsOfRequest } from '../../domain/cards/of-subject.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { nextStepAt, isSettled } from '../../domain/requests/phases.ts';
import type { RequestChange, Requests } from '../../ports/requests.ts';
import type { Saved } from '../../ports/saved.ts';
import { batchKey, dueKey, requestKey, unsettledKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import { requestShape } from '../record/shapes/requests.ts';
import type { Effect } from '../record/effects.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion } from '../record/conditions.ts';
import { dueBy, effect, put, replace } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { appendEntry } from './audit.ts';
import { claim, claimant, freed, freeSettled } from './claims.ts';
import { dueCard, dueRequest } from './due.ts';
import { decidedCard, fullWith, openedCard, roomFor } from './open-cards.ts';
import { redisSlots } from './slots.ts';

/** The holder of a claim may settle between the refusal and the look at it. */
export const openAttempts = 3;

export interface RequestKeeping {
  readonly settledKeepMs: number;
  readonly auditKeepMs: number;
}

export function redisRequests({
  redis,
  records,
  ...keeping
}: { readonly redis: Redis; readonly records: RedisRecords } & RequestKeeping): Requests {
  const commit = redisCommit(redis);
  const store = { redis, records, commit };

  async function saveAll(wanted: readonly RequestChange[]): Promise<Saved> {
    const changes = wanted.map(({ request, entry }) => {
      const { conditions, effects } = changeRequest(request, entry.at, keeping);
      const frees = isSettled(request) ? freed(request) : [];
      return { conditions, effects: [...effects, appendEntry(entry, keeping.auditKeepMs), ...frees] };
    });
    return commit(
      changes.flatMap(({ conditions }) => conditions),
      changes.flatMap(({ effects }) => effects),
    );
  }

  return {
    get: async (id) => records.read(requestKey(id), requestShape),
    many: async (ids) => records.readEach(ids.map(requestKey), requestShape),
    unsettled: async () => {
      const ids = await reach(redis.smembers(unsettledKey));
      const found = await records.readReadable(ids.map(requestKey), requestShape);
      return found.filter((request) => !isSettled(request));
    },
    openOf: async (claimed) => claimant(store, claimed),
    open: async (request, entry) => {
      const { conditions, effects } = openRequest(request, entry, keeping);
      const room = roomFor(request);
      for (let attempt = 0; attempt < openAttempts; attempt += 1) {
        if ((await commit([...conditions, ...room], effects)) === 'saved') return { opened: true };
        const existing = await claimant(store, request);
        if (existing) return { opened: false, existing };
        const openCards = await fullWith(store, request);
        if (openCards !== undefined) return { opened: false, openCards };
        await freeSettled(store, request);
      }
      throw new Error(`Request ${request.id} cannot be opened: its id or its session is taken.`);
    },
    save: async (request, entry) => saveAll([{ request, entry }]),
    saveAll,
    refine: async (request, now) => {
      const { conditions, effects } = changeRequest(request, now, keeping);
      // All cards: they show a try in vain, too.
      const cards = cardsOfRequest(request).map((card) => dueBy(dueKey, dueCard(card), now));
      return commit(conditions, [...effects, ...cards]);
    },
    postpone: async (request) => {
      const key = requestKey(request.id);
      return commit([atVersion(key, request.version)], [replace(key, request), dueAt(request)]);
    },
    ...redisSlots(redis),
  };
}

/** The caller asks whether there is room for its card. */
export function openRequest(request: DisconnectRequest, entry: AuditEntry, keeping: RequestKeeping): Change {
  const { conditions, effects } = changeRequest(request, entry.at, keeping);
  const claimed = claim(request);
  return {
    conditions: [...conditions, ...claimed.conditions],
    effects: [
      ...effects,
      appendEntry(entry, keeping.auditKeepMs),
      ...claimed.effects,
      ...openedCard(request),
    ],
  };
}

function changeRequest(request: DisconnectRequest, at: number, { settledKeepMs }: RequestKeeping): Change {
  const key = requestKey(request.id);
  return {
    conditions: [atVersion(key, request.version)],
    effects: [
      put(key, { ...request, version: request.version + 1 }, isSettled(request) ? settledKeepMs : undefined),
      effect(isSettled(request) ? 'SREM' : 'SADD', unsettledKey, request.id),
      ...changedCardsOfRequest(request).map((card) => dueBy(dueKey, dueCard(card), at)),
      dueAt(request),
      ...decidedCard(request),
      // A batch is kept as long as the member that settled last.
      ...(request.batchId !== undefined && isSettled(request)
        ? [effect('PEXPIRE', batchKey(request.batchId), settledKeepMs)]
        : []),
    ],
  };
}

function dueAt(request: DisconnectRequest): Effect {
  const member = dueRequest(request.id);
  const at = nextStepAt(request);
  return at === undefined ? effect('ZREM', dueKey, member) : effect('ZADD', dueKey, at, member);
}
