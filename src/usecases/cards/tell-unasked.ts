import type { CardKey } from '../../domain/cards/kinds.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import { isUnasked } from '../../domain/requests/unasked.ts';
import type { Ports } from '../../ports/ports.ts';

/** Whether the requester is to hear, or has heard, that nobody could be asked: what has passed before is no news. */
export async function tellsUnasked(
  { cards }: Pick<Ports, 'cards'>,
  key: CardKey,
  requests: readonly DisconnectRequest[],
): Promise<boolean> {
  if (requests.some((request) => isPending(request) && isUnasked(request))) return true;
  const { message, posting } = await cards.get(key);
  return requests.some(({ unasked }) => unasked) && (message !== undefined || posting !== undefined);
}
