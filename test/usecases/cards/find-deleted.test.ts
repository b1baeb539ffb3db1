import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { aMemory, anAlert, aRequest, aSession, aWatch } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

/** An alert and a request, each with its card. */
async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aMemory({ watches: [aWatch({ alertId: 'alert-1' })] }), [anAlert()]);
  const request = aRequest();
  await ports.requests.open(request, auditOfRequest(request, request.askedAt));
  await deliverDue(ports);
  return ports;
}

async function deliverDue(ports: MemoryPorts): Promise<void> {
  for (const item of await ports.due.by(ports.time.now, 100)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
}

function deleteAll({ channel }: MemoryPorts): void {
  while (channel.messages[0]) channel.remove(channel.messages[0].ref);
}

const shown = (ports: MemoryPorts) => ports.channel.messages.map(({ content }) => content.card).toSorted();

describe('a card that somebody deleted', () => {
  it('is posted anew where it asks for something, though nothing has changed', async () => {
    const ports = await world();
    expect(shown(ports)).toEqual(['alert', 'request']);
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert', 'request']);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(ports.channel.calls.post).toBe(4);
  });

  it('is posted anew where it waits for Azure and can be cancelled', async () => {
    const ports = await world();
    const failure = { kind: 'busy' } as const;
    const waiting = { since: 0, failure, nextTryAt: Infinity, for: 'call', isSaid: true } as const;
    const request = aRequest({ version: 1, state: { is: 'approved', decidedAt: 0, waiting } });
    await ports.requests.save(request, auditOfRequest(request, ports.time.now));
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert', 'request']);
  });

  it('stays deleted where nothing is asked any more', async () => {
    const ports = await world();
    const request = { ...aRequest({ version: 1 }), state: { is: 'expired', at: ports.time.now } as const };
    await ports.requests.save(request, auditOfRequest(request, ports.time.now));
    await deliverDue(ports);
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert']);
  });

  it('is not taken for deleted where Slack cannot say', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'unsure' });
    ports.channel.failNext({ ok: false, why: 'refused', code: 'channel_not_found' });
    await findDeleted(ports);
    await deliverDue(ports);
    expect(ports.channel.calls.post).toBe(2);
  });

  it('is found among many within some rounds', async () => {
    const ports = memoryPorts();
    const numbers = Array.from({ length: 70 }, (_, index) => index);
    const watches = numbers.map((number) =>
      aWatch({
        ref: `ref-${number}`,
        session: aSession({ sessionId: `session-${number}` }),
        alertId: `alert-${number}`,
      }),
    );
    await remember(
      ports,
      aMemory({ watches }),
      numbers.map((number) => anAlert({ id: `alert-${number}` })),
    );
    await deliverDue(ports);
    const [first] = ports.channel.messages;
    const last = ports.channel.messages.at(-1);
    if (!first || !last) throw new Error('nothing was posted');
    for (const { ref } of [first, last]) ports.channel.remove(ref);
    for (let round = 0; round < 3; round += 1) {
      await findDeleted(ports);
      await deliverDue(ports);
      ports.time.now += 60_000;
    }
    expect(ports.channel.messages).toHaveLength(70);
  });
});
