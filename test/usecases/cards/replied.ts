import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { aHostState, minute, noon } from '../../support/build.ts';
import { aroundCalls } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

export const hour = 60 * minute;
export const key: CardKey = { card: 'alert', id: 'alert-1' };
export const steps: CardKey = { card: 'alert-steps', id: 'alert-1' };
export const acknowledged = { did: 'acknowledged', by: 'U0BOB', at: noon } as const;
export const ended: Partial<Alert> = { state: { is: 'ended', checkedAt: noon } };

export async function change(ports: MemoryPorts, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState(), [{ ...alert, ...changes }]);
}

export function removeCard({ channel }: MemoryPorts): void {
  const card = channel.messages.find(({ content }) => content.card === 'alert');
  if (card) channel.remove(card.ref);
}

/** Each message with what it replies to. */
export const shown = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content, ref, place }) => ({
    card: content.card,
    message: ref.message,
    ...('thread' in place && { thread: place.thread }),
  }));

/** Everything that is read and written from here on for so long. */
export async function callsFor(
  ports: Ports & Pick<MemoryPorts, 'time'>,
  ms: number,
): Promise<readonly string[]> {
  const calls: string[] = [];
  const counted = aroundCalls(ports, async (name, call) => {
    if (name === 'cards.save' || name.startsWith('channel.')) calls.push(name);
    return call();
  });
  await settle({ ...counted, time: ports.time }, ms);
  return calls;
}
