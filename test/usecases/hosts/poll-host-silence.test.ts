import { describe, expect, it } from '@jest/globals';
import { aHostState, aPolicy, aSession, minute, noon } from '../../support/build.ts';
import { settle } from '../../support/settle.ts';
import { hostGone, hostId, poll, shows, timedOut, world } from './polled-host.ts';

describe('a host that cannot be read', () => {
  const silenceCard = (id: string) => ({ kind: 'card', key: { card: 'silence', id } });

  it('raises one card after three polls, closed by the next good reading', async () => {
    const ports = await world(aHostState({ triedAt: noon - minute, readAt: noon - minute }), {
      policy: aPolicy(),
    });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 0; polls < 5; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    expect(await ports.silences.get('id-1')).toMatchObject({
      version: 1,
      since: noon,
      readAt: noon - minute,
      failure: { kind: 'timed-out' },
      state: { is: 'no-data' },
    });
    expect(await ports.due.by(ports.time.now, 9)).toEqual([silenceCard('id-1')]);
    await settle(ports, minute / 2);
    expect(ports.channel.messages).toMatchObject([{ content: { silence: { state: { is: 'no-data' } } } }]);

    ports.time.now = noon + 5 * minute;
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    expect(await ports.silences.get('id-1')).toMatchObject({
      version: 2,
      state: { is: 'data-again', readAt: noon + 5 * minute },
    });
    expect((await ports.hostStates.get(hostId))?.silenceId).toBeUndefined();
    await settle(ports, minute);
    expect(ports.channel.messages).toMatchObject([{ content: { silence: { state: { is: 'data-again' } } } }]);
  });

  it('is told to nobody where it is over before its card had waited for company', async () => {
    const ports = await world(aHostState({ triedAt: noon - minute, readAt: noon - minute }), {
      policy: aPolicy(),
    });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 0; polls < 3; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    await settle(ports, 10_000);
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await settle(ports);
    expect(await ports.silences.get('id-1')).toMatchObject({ state: { is: 'data-again' } });
    expect(ports.channel.messages).toEqual([]);
    expect(await ports.due.by(ports.time.now, 9)).toEqual([]);
  });

  it('is closed where the host is gone', async () => {
    const ports = await world(aHostState(), { policy: aPolicy() });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 1; polls < 4; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    ports.bastion.answer(hostId, hostGone);
    for (let polls = 4; polls < 6; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    expect(await ports.silences.get('id-1')).toMatchObject({ state: { is: 'host-gone' } });
  });
});
