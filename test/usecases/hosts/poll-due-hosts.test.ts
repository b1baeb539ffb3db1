import { describe, expect, it } from '@jest/globals';
import { pollDueHosts } from '../../../src/usecases/hosts/poll-due-hosts.ts';
import { pollHostOnSchedule } from '../../../src/usecases/hosts/poll-on-schedule.ts';
import { aHost, aHostState, minute, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const [one, two] = [aHost({ name: 'one' }), aHost({ name: 'two' })];

async function world() {
  const ports = memoryPorts();
  for (const host of [one, two]) await remember(ports, aHostState({ host, triedAt: noon - minute }));
  await ports.turns.match([one.id, two.id], minute);
  await ports.turns.dueAt(two.id, noon - 1, minute);
  return ports;
}

describe('pollDueHosts', () => {
  it('asks for the hosts whose turn has come, the longest overdue first, until their polls begin', async () => {
    const ports = await world();
    await pollDueHosts(ports);
    await pollHostOnSchedule(ports, { hostId: two.id });
    await pollDueHosts(ports);
    expect(ports.jobs.scheduled).toEqual([two.id, one.id, one.id]);
  });

  it.each([
    [249, 2],
    [250, 0],
  ])('while %d polls wait for a worker asks for %d more', async (waiting, asked) => {
    const ports = await world();
    await pollDueHosts({ ...ports, jobs: { ...ports.jobs, pollsWaiting: async () => waiting } });
    expect(ports.jobs.scheduled).toHaveLength(asked);
  });

  it('asks for nothing while no host is due', async () => {
    const ports = await world();
    for (const { id } of [one, two]) await ports.turns.take(id, minute);
    await pollDueHosts({
      ...ports,
      jobs: { ...ports.jobs, poll: () => Promise.reject(new Error('asked')) },
    });
    ports.time.now += minute;
    await pollDueHosts(ports);
    expect(ports.jobs.scheduled).toHaveLength(2);
  });
});
