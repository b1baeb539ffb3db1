import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aHostState, aSession, noon } from '../../support/build.ts';
import { interleaved } from '../../support/calls.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { hostId, poll, second, shows, world } from './polled-host.ts';

describe('two replicas that poll one host', () => {
  it('raise one alert for each session over its limit, whoever goes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const sessions = [aSession(), aSession({ sessionId: 'session-2', vmLogin: 'dba' })];
        const ports = await world(aHostState({ trackedSessions: [] }));
        ports.time.now = noon + second;
        ports.bastion.answer(hostId, shows(...sessions));
        const replica = interleaved(ports, scheduler);
        const polls = [poll(replica), poll(replica), poll(replica, 0)];
        await scheduler.waitFor(Promise.all(polls));
        await settle(ports);
        const hostState = await ports.hostStates.get(hostId);
        const alertIds = hostState?.trackedSessions.map(({ alertId }) => alertId) ?? [];
        expect(new Set(alertIds).size).toBe(2);
        expect(ports.channel.messages).toHaveLength(2);
      }),
      runs(60),
    );
  });
});
