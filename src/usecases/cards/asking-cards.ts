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
  hostStates,
}: Pick<Ports, 'outages' | 'requests' | 'hostStates'>): Promise<readonly CardKey[]> {
  const [unsettled, states, lasting] = await Promise.all([
    requests.unsettled(),
    hostStates.all(),
    outages.lasting(),
  ]);
  const pending = unsettled
    .filter((request) => isPending(request) || isWaiting(request))
    .flatMap((request) => cardsOfRequest(request))
    .filter(({ card }) => kinds[card].place === 'approvals');
  const alerts = entriesOf(states).flatMap(({ tracked }): readonly CardKey[] =>
    tracked.alertId === undefined ? [] : [{ card: 'alert', id: tracked.alertId }],
  );
  const silences = states.flatMap(({ silenceId }): readonly CardKey[] =>
    silenceId === undefined ? [] : [{ card: 'silence', id: silenceId }],
  );
  const wide = lasting.map(({ id }): CardKey => ({ card: 'outage', id }));
  const byName = new Map([...pending, ...wide, ...silences, ...alerts].map((key) => [cardName(key), key]));
  return [...byName.values()];
}
