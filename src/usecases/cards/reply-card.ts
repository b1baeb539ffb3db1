import type { MessageRef } from '../../domain/cards/card.ts';
import { isElsewhere } from '../../domain/cards/card.ts';
import type { CardContent } from '../../domain/cards/content.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<Ports, 'cards' | 'clock' | 'jobs'>;

/** What was done about an alert follows its card. The rounds see to what this misses. */
export async function fetchReplies(
  ports: UsedPorts,
  content: CardContent,
  parent: MessageRef,
): Promise<void> {
  const { cards, clock, jobs } = ports;
  if (content.card !== 'alert' || content.alert.steps.length === 0) return;
  const key: CardKey = { card: 'alert-steps', id: content.alert.id };
  const { message, posting, ...reply } = await cards.get(key);
  const place = { channel: parent.channel, thread: parent.message };
  if (!message || posting || !isElsewhere(message, place)) return;
  if ((await cards.save({ ...reply, message }, clock())) === 'saved')
    await jobs.enqueue([{ kind: 'card', key }]);
}
