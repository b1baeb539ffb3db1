import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName, cards as kinds } from '../../domain/cards/kinds.ts';
import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import { isPending, isWaiting } from '../../domain/requests/phases.ts';
import { entriesOf } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';

/** What waits for a decision or can still be cancelled first, then the alerts of open sessions. */
export async function askingCards({
  outages,
  requests,
  watches,
}: Pick<Ports, 'outages' | 'requests' | 'watches'>): Promise<readonly CardKey[]> {
  const [unsettled, memories, lasting] = await Promise.all([
    requests.unsettled(),
    watches.all(),
    outages.lasting(),
  ]);
  const pending = unsettled
    .filter((request) => isPending(request) || isWaiting(request))
    .flatMap((request) => cardsOfRequest(request))
    .filter(({ card }) => kinds[card].place === 'approvals');
  const alerts = entriesOf(memories).flatMap(({ watch }): readonly CardKey[] =>
    watch.alertId === undefined ? [] : [{ card: 'alert', id: watch.alertId }],
  );
  const silences = memories.flatMap(({ blindnessId }): readonly CardKey[] =>
    blindnessId === undefined ? [] : [{ card: 'blindness', id: blindnessId }],
  );
  const wide = lasting.map(({ id }): CardKey => ({ card: 'outage', id }));
  const byName = new Map([...pending, ...wide, ...silences, ...alerts].map((key) => [cardName(key), key]));
  return [...byName.values()];
}
