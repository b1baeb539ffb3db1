import { describe, expect, it } from '@jest/globals';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { tellOutages } from '../../../src/usecases/hosts/tell-outages.ts';
import { minute, noon } from '../../support/build.ts';
import { answer, deliverDue, fail, hosts, minutes, refused, shown, world } from './outaged.ts';

const [first] = hosts;

describe('one silent host', () => {
  it('keeps its own card, which waits fifteen seconds for company', async () => {
    const ports = await world();
    fail(ports, { kind: 'timed-out' }, hosts.slice(0, 1));
    await minutes(ports, 2);
    await pollHost(ports, first?.id ?? '', { freshSince: ports.time.now, haste: 'background' });
    const decidedAt = ports.time.now;
    while (shown(ports).length === 0 && ports.time.now < noon + 60 * minute) {
      await tellOutages(ports);
      await deliverDue(ports);
      ports.time.now += 1000;
    }
    expect(shown(ports)).toMatchObject([{ card: 'silence', silence: { hostName: 'bastion-a' } }]);
    expect(ports.time.now - decidedAt).toBeGreaterThanOrEqual(15_000);
    expect(ports.time.now - decidedAt).toBeLessThan(20_000);
    expect(await ports.outages.lasting()).toEqual([]);
  });

  it('has it again once its outage has left it behind with another cause', async () => {
    const ports = await world();
    fail(ports, refused);
    await minutes(ports, 5);
    answer(ports, hosts.slice(1));
    fail(ports, { kind: 'locked' }, hosts.slice(0, 1));
    await minutes(ports, 5);
    expect(shown(ports)).toMatchObject([{ card: 'outage' }]);
    answer(ports);
    await minutes(ports, 3);
    expect(shown(ports).map(({ card }) => card)).toEqual(['outage']);
  });
});
