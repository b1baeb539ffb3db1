import { describe, expect, it } from '@jest/globals';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { change, ended, key, second, world } from './delivered.ts';

describe('a reply in the thread of an alert', () => {
  const until = noon + minute;
  const woken = { is: 'woken', by: 'U0ALICE', at: noon, until, reason: 'backup runs' } as const;
  const wake: CardKey = { ...key, card: 'alert-wake', at: until };
  const shown = ({ channel }: MemoryPorts) => channel.messages.map(({ content }) => content.card);

  it('waits for the message that it replies to', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, wake);
    expect(ports.channel.calls).toEqual({ post: 0, update: 0 });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    expect(ports.channel.messages).toMatchObject([
      { content: { card: 'alert' } },
      {
        place: { channel: 'C0ALERTS', thread: 'message-1' },
        content: { card: 'alert-wake', snooze: { by: 'U0ALICE', until } },
      },
    ]);
  });

  it('comes again soon while that message is not there, and not all the time', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, wake);
    const item = { kind: 'card', key: wake };
    expect(await ports.due.by(noon, 9)).not.toContainEqual(item);
    expect(await ports.due.by(noon + 5 * second, 9)).toContainEqual(item);
  });

  it('does not call anybody where somebody was faster', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await change(ports, { handling: { is: 'acknowledged', by: 'U0BOB', at: noon } });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    expect(shown(ports)).toEqual(['alert']);
    expect(await ports.due.by(noon + minute, 9)).not.toContainEqual({ kind: 'card', key: wake });
  });

  it('comes for each snooze, and each rings by being a message of its own', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    for (const end of [until, until + minute]) {
      await change(ports, { handling: { ...woken, until: end } });
      await deliverCard(ports, { ...key, card: 'alert-wake', at: end });
    }
    expect(shown(ports)).toEqual(['alert', 'alert-wake', 'alert-wake']);
  });

  it('tells the steps in one message, which is edited', async () => {
    const ports = await world();
    const steps: CardKey = { ...key, card: 'alert-steps' };
    await deliverCard(ports, key);
    await change(ports, { steps: [{ did: 'acknowledged', by: 'U0BOB', at: noon }] });
    await deliverCard(ports, steps);
    await change(ports, ended);
    await deliverCard(ports, steps);
    expect(shown(ports)).toEqual(['alert', 'alert-steps']);
    expect(ports.channel.messages[1]?.content).toMatchObject({ alert: { state: { is: 'ended' } } });
  });

  it('is not posted anew when somebody deletes it', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    const reply = ports.channel.messages[1];
    if (reply) ports.channel.remove(reply.ref);
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(ports, wake);
    expect(shown(ports)).toEqual(['alert']);
  });
});
