import type { MessageRef } from '../../domain/cards/card.ts';
import { isSameMessage, withoutMessage } from '../../domain/cards/card.ts';
import { stillAsks } from '../../domain/cards/content.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { cardSubject } from './card-subject.ts';

type UsedPorts = Pick<Ports, 'cards' | 'clock' | 'jobs' | 'log'> & Needs<typeof cardSubject>;

/** Posted anew where it still asks for something, as if an edit had found that out. */
export async function noteGone(ports: UsedPorts, key: CardKey, gone: MessageRef): Promise<void> {
  const { cards, clock, jobs, log } = ports;
  for (;;) {
    const card = await cards.get(key);
    if (!card.message || !isSameMessage(card.message, gone)) return;
    const subject = await cardSubject(ports, key);
    if (!subject) return;
    const asks = subject.content !== undefined && stillAsks(subject.content);
    const { trouble: _solved, ...well } = withoutMessage(card, asks ? 0 : subject.version);
    if ((await cards.save(well, clock())) === 'conflict') continue;
    log.info({ card: key, asks }, 'found a card that somebody deleted');
    await jobs.enqueue([{ kind: 'card', key }]);
    return;
  }
}
