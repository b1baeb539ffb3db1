import { describe, expect, it } from '@jest/globals';
import { nameOverdue } from '../../../src/usecases/hosts/name-overdue.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { aHost, aHostState, minute, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const { id: hostId } = aHost();
const second = 1000;
const wish = (freshSince: number) => ({ freshSince, haste: 'background' }) as const;

describe('a reading that is overdue', () => {
  it('makes its host one that is not read, while it is still waited for', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, async () => {
      ports.time.now += 19 * second;
      await nameOverdue(ports);
      expect((await ports.hostStates.get(hostId))?.failing).toBeUndefined();
      ports.time.now += second;
      await nameOverdue(ports);
      expect(await ports.hostStates.get(hostId)).toMatchObject({
        failing: { since: noon + minute, failure: { kind: 'timed-out' } },
        trackedSessions: [{ ref: 'ref-1' }],
      });
      return { ok: true, sessions: [] };
    });
    await pollHost(ports, hostId, wish(noon + 1));
    expect(await ports.hostStates.get(hostId)).toMatchObject({ readAt: noon + minute, trackedSessions: [] });
    expect((await ports.hostStates.get(hostId))?.failing).toBeUndefined();
    expect(ports.jobs.enqueued).toEqual([]);
  });

  it('is silent since it began, once it fails too', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, async () => {
      ports.time.now += minute;
      await nameOverdue(ports);
      return { ok: false, failure: { kind: 'unreachable' } };
    });
    await pollHost(ports, hostId, wish(noon + 1));
    expect(await ports.hostStates.get(hostId)).toMatchObject({
      failing: { since: noon + minute, failure: { kind: 'unreachable' } },
    });
  });

  it("of a host that is forgotten meanwhile is nobody's matter", async () => {
    const ports = memoryPorts();
    await ports.readings.begin(hostId, minute);
    ports.time.now += minute;
    await nameOverdue(ports);
    expect(await ports.hostStates.get(hostId)).toBeUndefined();
  });
});
