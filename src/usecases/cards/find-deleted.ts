import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName, cards } from '../../domain/cards/kinds.ts';
import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import { isPending, isWaiting } from '../../domain/requests/request.ts';
import { entriesOf } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';

const everyMs = 60_000;
/** Slack allows hundreds of these looks a minute. */
const looksAtOnce = 30;

/**
 * Looks for cards that somebody deleted although they still ask for something, and has them posted anew. Slack tells
 * of a deletion only when the card is edited next, and what waits for a decision may never be edited.
 */
export async function findDeleted(ports: Ports): Promise<void> {
  const { clock } = ports;
  const asking = await askingCards(ports);
  const rounds = Math.max(1, Math.ceil(asking.length / looksAtOnce));
  const first = (Math.floor(clock() / everyMs) % rounds) * looksAtOnce;
  for (const key of asking.slice(first, first + looksAtOnce)) await postIfDeleted(ports, key);
}

/** What waits for a decision or can still be cancelled first, then the alerts of open sessions. */
async function askingCards({ outages, requests, watches }: Ports): Promise<readonly CardKey[]> {
  const [unsettled, memories, lasting] = await Promise.all([
    requests.unsettled(),
    watches.all(),
    outages.lasting(),
  ]);
  const pending = unsettled
    .filter((request) => isPending(request) || isWaiting(request))
    .flatMap((request) => cardsOfRequest(request))
    .filter(({ card }) => cards[card].place === 'approvals');
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

async function postIfDeleted(ports: Ports, key: CardKey): Promise<void> {
  const { channel, clock, jobs, log } = ports;
  const card = await ports.cards.get(key).catch(asUnreadable);
  if (card instanceof UnreadableRecord) return;
  const { message, ...unposted } = card;
  if (!message || unposted.posting) return;
  const seen = await channel.look(message);
  if (seen.ok || seen.why !== 'message-gone') return;
  const saved = await ports.cards.save({ ...unposted, shown: 0 }, clock());
  if (saved === 'conflict') return;
  log.info({ card: key }, 'posts a card anew that somebody deleted');
  await jobs.attend([{ kind: 'card', key }]);
}
