import { describe, expect, it } from '@jest/globals';
import type { DiscoveryProblem } from '../../../src/domain/hosts/host.ts';
import { discoverHosts } from '../../../src/usecases/hosts/discover-hosts.ts';
import { keepPolling } from '../../../src/usecases/hosts/keep-polling.ts';
import { aHost, aHostState, anAlert, aTrackedSession, minute, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const known = aHost();
const found = aHost({ name: 'bastion-new' });
const alerted = aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] });
const problem: DiscoveryProblem = { scope: 'all subscriptions', failure: { kind: 'signed-out' } };

describe('discoverHosts', () => {
  it('lets every host take turns, and reads a new one at once', async () => {
    const ports = memoryPorts();
    const { everyMs } = ports.policy.polling;
    await remember(ports, aHostState());
    await keepPolling(ports);
    await ports.turns.take(known.id, everyMs);
    ports.bastion.find([known, found]);
    await discoverHosts(ports);
    expect(ports.jobs.scheduled).toEqual([found.id]);
    ports.time.now += everyMs;
    expect(await ports.turns.due(everyMs, 10)).toEqual(expect.arrayContaining([known.id, found.id]));
  });

  it('keeps a host that it did not find: only Azure can say that it is gone', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    ports.bastion.find([], [problem]);
    await discoverHosts(ports);
    expect(ports.jobs.scheduled).toEqual([known.id]);
    expect(await ports.hostStates.get(known.id)).toMatchObject({ trackedSessions: [{ ref: 'ref-1' }] });
    expect(await ports.hosts.lastDiscovery()).toEqual({ at: noon, problems: [problem] });
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'could not look for hosts' }));
  });

  it('takes the host as it is now, with what is remembered of it', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState());
    ports.bastion.find([{ ...known, provisioningState: 'Updating' }]);
    await discoverHosts(ports);
    expect(await ports.hostStates.get(known.id)).toMatchObject({
      host: { provisioningState: 'Updating' },
      trackedSessions: [{ ref: 'ref-1' }],
    });
  });

  it('lets go of a host that two searches of its subscription did not find, an interval apart', async () => {
    const ports = memoryPorts();
    await remember(ports, alerted, [anAlert()]);
    ports.bastion.find([], [], { covered: [known.subscriptionId] });
    for (const [afterMs, isKnown] of [
      [0, true],
      [minute / 2, true],
      [minute, false],
    ] as const) {
      ports.time.now = noon + afterMs;
      await discoverHosts(ports);
      expect((await ports.hostStates.get(known.id)) !== undefined).toBe(isKnown);
    }
    expect(await ports.alerts.get('alert-1')).toMatchObject({ state: { is: 'lost', why: 'host-gone' } });
  });

  it.each([
    ['a search that did not cover its subscription', [], []],
    ['a search that found it', [known], [known.subscriptionId]],
  ])('keeps a host after %s', async (_what, hosts, covered) => {
    const ports = memoryPorts();
    await remember(ports, alerted, [anAlert()]);
    ports.bastion.find([], [], { covered: [known.subscriptionId] });
    await discoverHosts(ports);
    for (const afterMs of [minute, 2 * minute]) {
      ports.time.now = noon + afterMs;
      ports.bastion.find(hosts, [], { covered });
      await discoverHosts(ports);
      if (hosts.length > 0) {
        ports.bastion.find([], [], { covered: [known.subscriptionId] });
        await discoverHosts(ports);
      }
    }
    expect(await ports.hostStates.get(known.id)).toBeDefined();
  });

  it('lets go of a host whose subscription is not in the settings any more', async () => {
    const ports = memoryPorts();
    await remember(ports, alerted, [anAlert()]);
    ports.bastion.find([], [], { covered: [], only: ['another'] });
    await discoverHosts(ports);
    expect(await ports.hostStates.get(known.id)).toBeUndefined();
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      state: { is: 'lost', why: 'no-longer-polled' },
    });
    expect(await ports.turns.due(minute, 10)).toEqual([]);
  });

  it('keeps a host of the settings whose subscription could not be searched', async () => {
    const ports = memoryPorts();
    await remember(ports, alerted, [anAlert()]);
    ports.bastion.find([], [problem], { covered: [], only: [known.subscriptionId] });
    await discoverHosts(ports);
    expect(await ports.hostStates.get(known.id)).toBeDefined();
  });

  it('comes back soon where not everything could be searched', async () => {
    const ports = memoryPorts();
    ports.bastion.find([known]);
    expect(await discoverHosts(ports)).toBe('done');
    ports.bastion.find([known], [problem]);
    expect(await discoverHosts(ports)).toBe('again');
  });

  it('notes what it did not find, whatever readings are stored meanwhile', async () => {
    const ports = memoryPorts();
    await remember(ports, alerted, [anAlert()]);
    ports.bastion.find([], [], { covered: [known.subscriptionId] });
    let isFirst = true;
    const beside = {
      ...ports,
      hostStates: {
        ...ports.hostStates,
        save: async (...[before, ...rest]: Parameters<typeof ports.hostStates.save>) => {
          if (isFirst) {
            isFirst = false;
            await ports.hostStates.save(before, { ...before, triedAt: noon }, []);
          }
          return ports.hostStates.save(before, ...rest);
        },
      },
    };
    await discoverHosts(beside);
    expect(await ports.hostStates.get(known.id)).toMatchObject({ missedAt: noon });
  });
});

describe('keepPolling', () => {
  it('lets the hosts that are known take turns, and no others', async () => {
    const ports = memoryPorts();
    const { everyMs } = ports.policy.polling;
    await ports.turns.match([found.id], everyMs);
    await remember(ports, aHostState());
    await keepPolling(ports);
    expect(await ports.turns.due(everyMs, 10)).toEqual([known.id]);
  });
});
