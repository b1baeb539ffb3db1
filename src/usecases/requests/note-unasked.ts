import { auditOfAsking } from '../../domain/audit/entry.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { cardName } from '../../domain/cards/kinds.ts';
import { askingCardOf, changedCardsOfRequest } from '../../domain/cards/of-subject.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { AskingCard } from '../../domain/requests/unasked.ts';
import { noteAsking } from '../../domain/requests/unasked.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';

type UsedPorts = Pick<Ports, 'batches' | 'cards' | 'clock' | 'jobs' | 'log' | 'requests'>;

/** Has every request say that nobody could be asked, or that somebody was after all: a delivery may be cut off before it does. */
export async function noteAllUnasked(ports: UsedPorts): Promise<void> {
  const pending = (await ports.requests.unsettled()).filter(isPending);
  const cards = new Map(pending.map(askingCardOf).map((key) => [cardName(key), key]));
  for (const key of cards.values()) await noteUnasked(ports, key).catch(asUnreadable);
}

export async function noteUnasked(ports: UsedPorts, key: CardKey): Promise<void> {
  if (key.card !== 'request' && key.card !== 'batch') return;
  const { message, trouble } = await ports.cards.get(key);
  const standing = { isPosted: message !== undefined, ...(trouble && { refusal: trouble }) };
  const ids = key.card === 'request' ? [key.id] : ((await ports.batches.get(key.id))?.requestIds ?? []);
  for (const id of ids) await note(ports, id, standing);
}

async function note(
  { clock, jobs, log, requests }: UsedPorts,
  id: string,
  standing: AskingCard,
): Promise<void> {
  for (;;) {
    const request = await requests.get(id);
    const now = clock();
    const next = request && noteAsking(request, standing, now);
    if (!next) return;
    const entry = auditOfAsking(next, now);
    if ((await requests.save(next, entry)) === 'conflict') continue;
    log.info({ ...entry }, 'noted whether anybody could be asked');
    await jobs.enqueue(changedCardsOfRequest(next).map((key) => ({ kind: 'card', key })));
    return;
  }
}
