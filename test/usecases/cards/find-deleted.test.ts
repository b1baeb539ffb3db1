import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { aHostState, anAlert, aRequest, aTrackedSession, minute } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { counted, deliverDue } from './looked.ts';

/** An alert and a request, each with its card. */
async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] }), [
    anAlert(),
  ]);
  const request = aRequest();
  await ports.requests.open(request, auditOfRequest(request, request.askedAt));
  await deliverDue(ports);
  return ports;
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
    ports.time.now += minute;
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

  it.each<ChannelFailure>([
    { ok: false, why: 'unsure' },
    { ok: false, why: 'unreachable' },
    { ok: false, why: 'refused', code: 'channel_not_found' },
  ])('is not taken for deleted where Slack cannot say: $why', async (failure) => {
    const ports = await world();
    ports.channel.failNext(failure);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(ports.channel.calls.post).toBe(2);
  });

  it('is left to the next turn once Slack wants silence, and the process stops', async () => {
    const { looks, ports } = counted(await world());
    ports.channel.failNext({ ok: false, why: 'rate-limited', retryAt: ports.time.now + 30_000 });
    await findDeleted(ports);
    expect(looks).toHaveLength(1);
    await findDeleted(ports);
    expect(looks).toHaveLength(1);
    ports.time.now += 30_000;
    await findDeleted(ports, AbortSignal.abort());
    expect(looks).toHaveLength(1);
    await findDeleted(ports);
    expect(looks).toHaveLength(3);
  });
});
