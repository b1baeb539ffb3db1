import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { pastSessions } from '../../../src/domain/history/past-session.ts';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { overtake } from '../../../src/domain/requests/overtake.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { isSettled } from '../../../src/domain/requests/phases.ts';
import { othersOfTunnel, sessionsOf } from '../../../src/domain/requests/tunnel.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { aHostState, aRequest, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const names = ['a', 'b', 'c', 'd'];
const trackedNamed = (name: string) => aTrackedSession({ ref: name, session: aSession({ sessionId: name }) });
const whole = aHostState({ trackedSessions: names.map(trackedNamed) });
const [first] = whole.trackedSessions;
if (!first) throw new Error('four are built');
const others = othersOfTunnel(whole, first);
const asked = aRequest({ ref: 'a', session: first.session, others });
const approved: DisconnectRequest = { ...asked, state: { is: 'approved', decidedAt: noon } };

const seen = (at: number, ...open: readonly string[]) =>
  aHostState({ readAt: at, triedAt: at, trackedSessions: open.map(trackedNamed) });

describe('a request for a tunnel', () => {
  it('is for every session with the same login, machine and start, and for no other', () => {
    const later = aTrackedSession({
      ref: 'later',
      session: aSession({ sessionId: 'later', startedAt: noon }),
    });
    const withoutId = aTrackedSession({ ref: 'without-id', session: aSession({ sessionId: '' }) });
    const hostState = aHostState({ trackedSessions: [...whole.trackedSessions, later, withoutId] });
    expect(othersOfTunnel(hostState, first).map(({ ref }) => ref)).toEqual(['b', 'c', 'd']);
    expect(othersOfTunnel(hostState, later)).toEqual([]);
    expect(sessionsOf(asked).map(({ ref }) => ref)).toEqual(names);
  });

  it('leaves out what has ended meanwhile, and does not end what came later', () => {
    const step = decideStep(approved, seen(noon + 1, 'b', 'd', 'e'), noon + 1);
    expect(step).toMatchObject({ do: 'send', sessionIds: ['b', 'd'] });
  });

  it('sends nothing where one of them is another session by now, or none is left', () => {
    const other = aTrackedSession({
      ref: 'x',
      session: aSession({ sessionId: 'c', startedAt: noon - minute }),
    });
    const hostState = aHostState({ readAt: noon + 1, trackedSessions: [trackedNamed('a'), other] });
    expect(decideStep(approved, hostState, noon + 1)).toMatchObject({
      do: 'settle',
      next: { state: { is: 'not-sent', why: { is: 'changed', change: 'other-start' } } },
    });
    expect(decideStep(approved, seen(noon + 1), noon + 1)).toMatchObject({
      next: { state: { is: 'not-sent', why: { is: 'ended-by-itself' } } },
    });
  });

  it('is sent in parts, each after another reading, and once more as a whole at most', () => {
    const many = Array.from({ length: 45 }, (_, index) => `s${index}`);
    const hostState = (at: number, open: readonly string[]) => seen(at, ...open);
    const [leader] = hostState(noon, many).trackedSessions;
    if (!leader) throw new Error('45 are built');
    const rest = othersOfTunnel(hostState(noon, many), leader);
    let request: DisconnectRequest = { ...approved, ref: leader.ref, session: leader.session, others: rest };
    const parts: number[] = [];
    let now = noon;
    // Nothing has any effect, and the last two end by themselves.
    while (!isSettled(request) && parts.length < 99) {
      now += 2000;
      const open = parts.length < 4 ? many : many.slice(0, 43);
      const step = decideStep(request, hostState(now, open), now);
      if (step?.do === 'send') parts.push(step.sessionIds.length);
      if (step && step.do !== 'read-again') request = step.next;
    }
    expect(parts).toEqual([20, 20, 5, 20, 20, 3]);
    expect(request.state).toMatchObject({ is: 'still-there', left: 43, calls: 2 });
    expect(request.state).not.toHaveProperty('uncalled');
    expect(auditOfRequest(request, now)).toMatchObject({ sessions: 43 });
  });

  it('is on record with how many each call names, and no session is called ended by it that none has named', () => {
    const sending = {
      is: 'sending',
      decidedAt: noon,
      sentAt: noon,
      calls: 1,
      named: 3,
      uncalled: ['d'],
    } as const;
    const sent = { ...asked, state: sending };
    expect(auditOfRequest(sent, noon)).toMatchObject({ what: 'disconnect-sent', sessions: 3 });
    const gone: Snapshot = {
      verdict: 'good',
      hostState: seen(noon + 1),
      sightings: whole.trackedSessions.map((tracked) => ({ tracked, sighting: 'gone' })),
    };
    const open = new Map(names.map((name) => [name, sent]));
    const ended = pastSessions(whole, gone, { open, now: noon + 1 }).map(({ ref, how }) => [ref, how.is]);
    expect(ended).toEqual([
      ['a', 'by-bot'],
      ['b', 'by-bot'],
      ['c', 'by-bot'],
      ['d', 'by-itself'],
    ]);
  });

  it('is overtaken once all of them are over', () => {
    expect(overtake(asked, seen(noon + 1, 'd'), noon + 1)).toBeUndefined();
    expect(overtake(asked, seen(noon + 1, 'x'), noon + 1)).toMatchObject({
      state: { is: 'overtaken', why: { is: 'ended-by-itself' } },
    });
  });

  it('ends nothing but what was approved, each twice at most, and says gone only when none is seen', () => {
    const reading = fc.record({
      open: fc.subarray([...names, 'e']),
      passedMs: fc.integer({ min: 500, max: 15_000 }),
    });
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 40 }), (readings) => {
        let request = approved;
        let now = noon;
        const called: string[] = [];
        for (const { open, passedMs } of readings) {
          now += passedMs;
          const step = decideStep(request, seen(now, ...open), now);
          if (!step || step.do === 'read-again') continue;
          const ids = step.do === 'send' ? step.sessionIds : [];
          expect(ids.filter((id) => !open.includes(id))).toEqual([]);
          called.push(...ids);
          request = step.next;
          const left = names.filter((name) => open.includes(name));
          const { state } = request;
          expect(state.is === 'gone' && left.length > 0).toBe(false);
          expect(state.is === 'still-there' && state.left !== left.length).toBe(false);
          if (isSettled(request)) break;
        }
        for (const id of new Set(called)) {
          expect(names).toContain(id);
          expect(called.filter((one) => one === id).length).toBeLessThanOrEqual(2);
        }
      }),
      runs(300),
    );
  });
});
