import type { Card, MessageRef } from '../../domain/cards/card.ts';
import { isElsewhere, isSameMessage, withoutMessage } from '../../domain/cards/card.ts';
import type { CardContent } from '../../domain/cards/content.ts';
import { stillAsks } from '../../domain/cards/content.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';
import { cardSubject } from './card-subject.ts';

/** The card in whose thread this one is a reply. */
function parentOf({ key }: Card): CardKey {
  return { card: 'alert', id: key.id };
}

/**
 * Somebody has deleted the message to reply to: its card is posted anew where it still asks for something, as if an
 * edit had found that out, and the reply follows it.
 */
export async function noteParentGone(ports: Ports, reply: Card, gone: MessageRef): Promise<void> {
  const { cards, clock, jobs, log } = ports;
  const key = parentOf(reply);
  for (;;) {
    const parent = await cards.get(key);
    if (!parent.message || !isSameMessage(parent.message, gone)) return;
    const subject = await cardSubject(ports, key);
    if (!subject) return;
    const asks = subject.content !== undefined && stillAsks(subject.content);
    const { trouble: _solved, ...well } = withoutMessage(parent, asks ? 0 : subject.version);
    if ((await cards.save(well, clock())) === 'conflict') continue;
    log.info({ card: key, asks }, 'a message was deleted that has replies');
    await jobs.attend([{ kind: 'card', key }]);
    return;
  }
}

/** What was done about an alert follows its card. The rounds see to what this misses. */
export async function fetchReplies(ports: Ports, content: CardContent, parent: MessageRef): Promise<void> {
  const { cards, clock, jobs } = ports;
  if (content.card !== 'alert' || content.alert.steps.length === 0) return;
  const key: CardKey = { card: 'alert-steps', id: content.alert.id };
  const { message, posting, ...reply } = await cards.get(key);
  const place = { channel: parent.channel, thread: parent.message };
  if (!message || posting || !isElsewhere(message, place)) return;
  if ((await cards.save({ ...reply, message }, clock())) === 'saved')
    await jobs.attend([{ kind: 'card', key }]);
}
