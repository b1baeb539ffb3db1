import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName } from '../../domain/cards/kinds.ts';
import { dueLooks } from '../../domain/cards/looks.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { askingCards } from './asking-cards.ts';
import { noteGone } from './note-gone.ts';

type UsedPorts = Pick<Ports, 'cards' | 'channel' | 'clock' | 'looks' | 'pause' | 'rateLimiter'> &
  Needs<typeof askingCards> &
  Needs<typeof noteGone>;

const turnMs = 10_000;
const looksATurn = 40;
const turnIsFreeAgainMs = 30_000;

/** Slack tells of a deletion only when the card is edited next, and what waits for a decision may never be. One replica looks at a time. */
export async function findDeleted(ports: UsedPorts, stopping?: AbortSignal): Promise<void> {
  const { looks } = ports;
  const turn = await looks.begin(turnIsFreeAgainMs);
  if (turn === undefined) return;
  try {
    await lookAround(ports, stopping);
  } finally {
    await looks.end(turn);
  }
}

async function lookAround(ports: UsedPorts, stopping: AbortSignal | undefined): Promise<void> {
  const { clock, looks } = ports;
  const endsAt = clock() + turnMs;
  const asking = await askingCards(ports);
  const ages = await looks.ages(asking);
  const lookedAt = asking.map((key, index) => ({ key, agoMs: ages[index] }));
  for (const key of dueLooks(lookedAt, looksATurn)) {
    const isOver = stopping?.aborted === true || clock() >= endsAt;
    if (isOver || !(await look(ports, key, endsAt))) return;
  }
}

/** False where Slack is not to be asked about another card now. */
async function look(ports: UsedPorts, key: CardKey, endsAt: number): Promise<boolean> {
  const { channel, clock, looks, rateLimiter } = ports;
  const card = await ports.cards.get(key).catch(asUnreadable);
  if (card instanceof UnreadableRecord || !card.message || card.posting) {
    await looks.note(key);
    return true;
  }
  if (!(await mayLook(ports, key, endsAt))) return false;
  const seen = await channel.look(card.message);
  if (!seen.ok && seen.why === 'rate-limited') {
    await rateLimiter.close('looks', seen.retryAt - clock());
    return false;
  }
  await looks.note(key);
  if (!seen.ok && seen.why === 'message-gone') await noteGone(ports, key, card.message);
  return seen.ok || (seen.why !== 'unsure' && seen.why !== 'unreachable');
}

/** Waits for the turn of this look among those of all replicas, but not past the end. */
async function mayLook(
  { clock, rateLimiter, pause }: UsedPorts,
  key: CardKey,
  endsAt: number,
): Promise<boolean> {
  for (;;) {
    const waitMs = await rateLimiter.take('looks', { card: cardName(key, '/'), urgency: 'ending' });
    if (waitMs === 0) return true;
    if (clock() + waitMs > endsAt) return false;
    await pause(waitMs);
  }
}
