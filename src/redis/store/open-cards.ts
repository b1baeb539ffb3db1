import { cardId, cardOwner, mostOpenCards } from '../../domain/requests/open-cards.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { openCardsKey, requestKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { requestShape } from '../record/shapes/requests.ts';
import type { Condition } from '../record/conditions.ts';
import type { Effect } from '../record/effects.ts';
import { hasRoom } from '../record/conditions.ts';
import { effect, outlive } from '../record/effects.ts';
import type { ClaimStore } from './claims.ts';

const keyOf = (request: DisconnectRequest) => openCardsKey(cardOwner(request));
/** One for each request, which does not know the others on its card. */
const memberOf = (request: DisconnectRequest) => `${cardId(request)}/${request.id}`;

export function roomFor(request: DisconnectRequest): readonly Condition[] {
  return isPending(request) ? [hasRoom(keyOf(request), mostOpenCards, request.askedAt)] : [];
}

export function openedCard(request: DisconnectRequest): readonly Effect[] {
  if (!isPending(request)) return [];
  const { askedAt, expiresAt } = request;
  const key = keyOf(request);
  return [
    effect('ZREMRANGEBYSCORE', key, '-inf', askedAt),
    effect('ZADD', key, expiresAt, memberOf(request)),
    outlive(key, expiresAt - askedAt),
  ];
}

export function decidedCard(request: DisconnectRequest): readonly Effect[] {
  return isPending(request) ? [] : [effect('ZREM', keyOf(request), memberOf(request))];
}

/** Takes off the count what an older version has decided, which does not do it. */
export async function fullWith(
  { redis, records }: ClaimStore,
  request: DisconnectRequest,
): Promise<number | undefined> {
  if (!isPending(request)) return undefined;
  const key = keyOf(request);
  const members = await reach(redis.zrangebyscore(key, `(${request.askedAt}`, '+inf'));
  const ids = members.map((member) => member.slice(member.indexOf('/') + 1));
  const found = await records.readReadable(ids.map(requestKey), requestShape);
  const decided = new Set(found.filter((one) => !isPending(one)).map(memberOf));
  if (decided.size > 0) await reach(redis.zrem(key, ...decided));
  const open = members.filter((member) => !decided.has(member));
  const { size } = new Set(open.map((member) => member.slice(0, member.indexOf('/'))));
  return size < mostOpenCards ? undefined : size;
}
