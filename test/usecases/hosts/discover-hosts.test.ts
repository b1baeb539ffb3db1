import { describe, expect, it } from '@jest/globals';
import type { DiscoveryProblem } from '../../../src/domain/hosts/host.ts';
import { discoverHosts } from '../../../src/usecases/hosts/discover-hosts.ts';
import { keepPolling } from '../../../src/usecases/hosts/keep-polling.ts';
import { aHost, aMemory, minute, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const known = aHost();
const found = aHost({ name: 'bastion-new' });
const problem: DiscoveryProblem = { scope: 'all subscriptions', failure: { kind: 'signed-out' } };

describe('discoverHosts', () => {
  it('schedules polls for every host and reads a new one at once', async () => {
    const ports = memoryPorts();
    await remember(ports, aMemory());
    ports.bastion.find([known, found]);
    await discoverHosts(ports);
    expect(ports.jobs.schedules).toEqual([{ hostIds: [known.id, found.id], everyMs: minute }]);
    expect(ports.jobs.polls).toEqual([{ hostId: found.id, at: noon }]);
  });

  it('keeps a host that it did not find: only Azure can say that it is gone', async () => {
    const ports = memoryPorts();
    await remember(ports, aMemory());
    ports.bastion.find([], [problem]);
    await discoverHosts(ports);
    expect(ports.jobs.schedules).toMatchObject([{ hostIds: [known.id] }]);
    expect(await ports.watches.get(known.id)).toMatchObject({ watches: [{ ref: 'ref-1' }] });
    expect(await ports.hosts.lastDiscovery()).toEqual({ at: noon, problems: [problem] });
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'could not look for hosts' }));
  });

  it('takes the host as it is now, with what is remembered of it', async () => {
    const ports = memoryPorts();
    await remember(ports, aMemory());
    ports.bastion.find([{ ...known, provisioningState: 'Updating' }]);
    await discoverHosts(ports);
    expect(await ports.watches.get(known.id)).toMatchObject({
      host: { provisioningState: 'Updating' },
      watches: [{ ref: 'ref-1' }],
    });
    expect(ports.jobs.polls).toEqual([]);
  });
});

describe('keepPolling', () => {
  it('makes the schedules match the hosts', async () => {
    const ports = memoryPorts();
    await keepPolling(ports);
    await remember(ports, aMemory());
    await keepPolling(ports);
    expect(ports.jobs.schedules.map(({ hostIds }) => hostIds)).toEqual([[], [known.id]]);
  });
});
