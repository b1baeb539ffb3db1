import { nameOfAll } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import { isPending } from './phases.ts';
import type { DisconnectRequest } from './request.ts';

/** So many cards of one person may wait for a decision; a batch is one card. */
export const mostOpenCards = 20;

/** Whose card it is, under whichever of their ids: cards are counted, and take their turns, by this name. */
export function cardOwner({
  requester,
  requesterIds = [],
}: Pick<DisconnectRequest, 'requester' | 'requesterIds'>): UserId {
  return nameOfAll([requester, ...requesterIds]);
}

export function cardId({ id, batchId }: Pick<DisconnectRequest, 'id' | 'batchId'>): string {
  return batchId ?? id;
}

export function countOpenCards(requests: readonly DisconnectRequest[], now: number): number {
  const open = requests.filter((request) => isPending(request) && now < request.expiresAt);
  return new Set(open.map(cardId)).size;
}
