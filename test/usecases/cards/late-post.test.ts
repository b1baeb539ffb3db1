import { describe, expect, it } from '@jest/globals';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

const key: CardKey = { card: 'alert', id: 'alert-1' };
const lost: ChannelFailure = { ok: false, why: 'unsure' };

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert(), anAlert({ id: 'alert-2' })]);
  await deliverCard(ports, { ...key, id: 'alert-2' });
  return ports;
}

const shown = ({ channel }: MemoryPorts) =>
  channel.messages.filter(({ content }) => content.card === 'alert' && content.alert.id === 'alert-1');
function lose({ channel }: MemoryPorts, posts: number): void {
  for (let count = 0; count < posts; count += 1) channel.failNext(lost);
}

describe('a Slack that leaves posts unanswered, where the bot may not read', () => {
  it('shows one copy more in an hour, and no other', async () => {
    const ports = await world();
    lose(ports, 200);
    await settle(ports, 60 * minute);
    expect(shown(ports)).toHaveLength(2);
  });

  it('costs few writes while it does', async () => {
    const ports = await world();
    lose(ports, 200);
    await settle(ports, 60 * minute);
    expect((await ports.cards.get(key)).version).toBeLessThan(80);
  });

  it('shows it once more, marked, once it has answered any post to that channel', async () => {
    const ports = await world();
    lose(ports, 2);
    await settle(ports, 5 * minute);
    expect(shown(ports)).toHaveLength(2);
    await ports.cards.noteAnswer('C0OTHER', ports.time.now);
    await settle(ports, 5 * minute);
    expect(shown(ports)).toHaveLength(2);
    await ports.cards.noteAnswer('C0ALERTS', ports.time.now);
    await settle(ports, 2 * minute);
    expect(shown(ports)).toHaveLength(3);
    expect(shown(ports).at(-1)?.content).toHaveProperty('mayBeTwice', true);
    expect((await ports.cards.get(key)).message).toEqual(shown(ports).at(-1)?.ref);
    await settle(ports, 60 * minute);
    expect(shown(ports)).toHaveLength(3);
  });

  it('answers by the post of another card', async () => {
    const ports = await world();
    lose(ports, 2);
    await settle(ports, 5 * minute);
    await remember(ports, aHostState(), [anAlert({ id: 'alert-3' })]);
    await settle(ports, 2 * minute);
    expect(shown(ports)).toHaveLength(3);
  });

  it('keeps the mark on edits, since nobody knows', async () => {
    const ports = await world();
    lose(ports, 1);
    await settle(ports, minute);
    await remember(ports, aHostState(), [{ ...anAlert({ version: 1 }), seenAt: noon + 1 }]);
    await settle(ports, minute);
    expect(shown(ports).at(-1)?.content).toMatchObject({ mayBeTwice: true, alert: { version: 2 } });
  });

  it('is asked again where it answers that it cannot, ever less often', async () => {
    const ports = await world();
    const busy: ChannelFailure = { ok: false, why: 'unsure', isAnswered: true };
    for (let count = 0; count < 200; count += 1) ports.channel.failNext(busy);
    await settle(ports, 60 * minute);
    expect(shown(ports).length).toBeGreaterThan(3);
    expect(shown(ports).length).toBeLessThan(14);
  });

  it('is not waited for for ever', async () => {
    const ports = await world();
    lose(ports, 2);
    await settle(ports, 63 * minute);
    expect((await ports.cards.get(key)).message).toBeDefined();
  });
});

describe('a Slack that carries a post out late, where the bot may read', () => {
  it('shows one message in the end', async () => {
    const ports = await world();
    ports.channel.mayRead = true;
    ports.channel.holdUp(1);
    await settle(ports, 45_000);
    expect(shown(ports)).toHaveLength(1);
    ports.channel.arrive();
    expect(shown(ports)).toHaveLength(2);
    await settle(ports, 2 * minute);
    expect(shown(ports)).toHaveLength(1);
    expect((await ports.cards.get(key)).message).toEqual(shown(ports)[0]?.ref);
    expect(await ports.cards.get(key)).not.toHaveProperty('lost');
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is not asked every half minute', async () => {
    const ports = await world();
    ports.channel.mayRead = true;
    ports.channel.holdUp(200);
    await settle(ports, 60 * minute);
    expect(ports.channel.calls.post).toBeLessThan(20);
  });
});
