import { hasLeftLately, isElsewhere } from '../../domain/cards/card.ts';
import type { Card } from '../../domain/cards/card.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { cards as kinds } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { askingCards } from './asking-cards.ts';

const readsAtOnce = 100;

type UsedPorts = Pick<
  Ports,
  'cards' | 'clock' | 'jobs' | 'log' | 'outages' | 'policy' | 'requests' | 'hostStates'
>;

/** Nothing else makes a card due whose subject does not change. Asks Slack nothing; what Slack refuses comes round by itself. */
export async function findMoved(
  ports: UsedPorts,
  { refusedToo }: { readonly refusedToo: boolean },
): Promise<void> {
  const keys = await openCards(ports);
  let found = 0;
  for (let first = 0; first < keys.length; first += readsAtOnce) {
    const some = keys.slice(first, first + readsAtOnce);
    const isMoved = await Promise.all(some.map(async (key) => moveWhereElsewhere(ports, key, refusedToo)));
    const moved = some.filter((_, index) => isMoved[index] === true);
    found += moved.length;
    if (moved.length > 0) await ports.jobs.enqueue(moved.map((key) => ({ kind: 'card', key })));
  }
  if (found > 0) ports.log.info({ cards: found }, 'open cards are in another channel than the policy names');
}

/** What was done about an alert follows its card. */
async function openCards(ports: UsedPorts): Promise<readonly CardKey[]> {
  const asking = await askingCards(ports);
  return asking.flatMap((key): readonly CardKey[] =>
    key.card === 'alert' ? [key, { card: 'alert-steps', id: key.id }] : [key],
  );
}

async function moveWhereElsewhere(ports: UsedPorts, key: CardKey, refusedToo: boolean): Promise<boolean> {
  const card = await readable(ports, key);
  if (!card?.message || card.posting || (card.trouble && !refusedToo)) return false;
  const place = await placeOf(ports, key);
  if (!place || !isElsewhere(card.message, place)) return false;
  const now = ports.clock();
  if (hasLeftLately(card, place.channel, now)) return false;
  return (await ports.cards.save(card, now)) === 'saved';
}

async function placeOf(ports: UsedPorts, { card, id }: CardKey) {
  const { place } = kinds[card];
  if (place === 'alerts' || place === 'approvals') return { channel: ports.policy.channels[place] };
  const parent = await readable(ports, { card: 'alert', id });
  return parent?.message && { channel: parent.message.channel, thread: parent.message.message };
}

async function readable({ cards }: UsedPorts, key: CardKey): Promise<Card | undefined> {
  const card = await cards.get(key).catch(asUnreadable);
  return card instanceof UnreadableRecord ? undefined : card;
}
