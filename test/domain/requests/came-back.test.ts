import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideLook, isLookDue } from '../../../src/domain/requests/came-back.ts';
import type { GoneRequest } from '../../../src/domain/requests/gone.ts';
import type { Lookout } from '../../../src/domain/requests/lookout.ts';
import { lookoutAfter } from '../../../src/domain/requests/lookout.ts';
import type { HostState, TrackedSession } from '../../../src/domain/sessions/host-state.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { earliestStart, machineOf } from '../../../src/domain/sessions/session.ts';
import { failure, session } from '../../support/arbitrary.ts';
import { aHostState, aRequest, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const second = 1000;
const sentAt = noon - second;
const lookout: Lookout = { nextLookAt: noon + 5 * second, until: noon + minute };
const state = { is: 'gone', decidedAt: sentAt, sentAt, calls: 1, checkedAt: noon, lookout } as const;
const gone: GoneRequest = { ...aRequest(), state };

const back = (overrides: Partial<Session> = {}, ref = 'ref-2'): TrackedSession =>
  aTrackedSession({
    ref,
    session: aSession({ sessionId: 'session-2', startedAt: noon + 2 * second, ...overrides }),
  });
const reads = (now: number, ...trackedSessions: readonly TrackedSession[]): HostState =>
  aHostState({ trackedSessions, readAt: now, triedAt: now });

function lookAt(now: number, hostState: HostState | undefined, request = gone) {
  return decideLook({ request, lookout: request.state.lookout ?? lookout }, hostState, now);
}

describe('a look at a host whose session was ended', () => {
  const now = noon + 6 * second;
  const { lookout: _over, ...rest } = state;

  it('finds the login on its machine again, and is the last', () => {
    const tracked = back();
    const { is, next } = lookAt(
      now,
      reads(now, aTrackedSession({ ref: 'ref-9', session: aSession({ vmLogin: 'bob' }) }), tracked),
    );
    expect(is).toBe('back');
    expect(next.state).toEqual({ ...rest, cameBack: { ref: 'ref-2', session: tracked.session } });
    expect(isLookDue(next, noon + hour)).toBe(false);
  });

  it.each<[string, TrackedSession]>([
    ['written otherwise', back({ vmLogin: 'AzureUser' })],
    ['with its domain', back({ vmLogin: String.raw`CORP\azureuser` })],
    ['with another kind of domain', back({ vmLogin: 'azureuser@corp.example' })],
    ['on the same machine under another case', back({ vm: { name: 'VM-WEB-1' } })],
    ['in the second of the call, by clocks that differ', back({ startedAt: sentAt - 5 * second })],
    ['at the end of the minute', back({ startedAt: noon + minute + 5 * second })],
    ['under the id that the ended one had', back({ sessionId: 'session-1' })],
  ])('finds it %s', (_what, tracked) => {
    expect(lookAt(now, reads(now, tracked)).is).toBe('back');
  });

  it.each<[string, TrackedSession]>([
    ['another login', back({ vmLogin: 'bob' })],
    ['a blank one', back({ vmLogin: '' })],
    ['one of blanks', back({ vmLogin: '  ' })],
    ['another machine', back({ vm: { name: 'vm-web-2' } })],
    ['a session from before', back({ startedAt: sentAt - 5 * second - 1 })],
    ['one from long after', back({ startedAt: noon + minute + 5 * second + 1 })],
    ['one of which nobody knows when it began', back({ startedAtFrom: 'reading' })],
    ['one of which only whole minutes are known', back({ startedAtFrom: 'duration' })],
    ['the one that was ended', aTrackedSession()],
    ['its ref', back({}, 'ref-1')],
  ])('does not take %s for it', (_what, tracked) => {
    expect(lookAt(now, reads(now, tracked)).is).toBe('nothing');
  });

  it('takes the first of several', () => {
    const later = back({ sessionId: 'session-3', startedAt: noon + 4 * second }, 'ref-3');
    expect(lookAt(now, reads(now, later, back()))).toMatchObject({
      next: { state: { cameBack: { ref: 'ref-2' } } },
    });
  });

  it.each<[string, HostState | undefined]>([
    ['is not there', undefined],
    ['does not answer', { ...reads(now, back()), failing: { since: noon, failure: { kind: 'timed-out' } } }],
    ['has lost all at once', { ...reads(now, back()), doubtfulSince: now }],
    ['was read long ago', reads(noon - minute, back())],
  ])('says nothing of a host that %s', (_what, hostState) => {
    expect(lookAt(now, hostState).is).toBe('nothing');
  });

  it('comes four times at most, in a minute, and leaves no trace', () => {
    const moments: number[] = [];
    let request = gone;
    for (let at = noon; at < noon + hour; at += second) {
      if (!isLookDue(request, at)) continue;
      moments.push((at - noon) / second);
      request = lookAt(at, reads(at), request).next;
    }
    expect(moments).toEqual([5, 15, 30, 60]);
    expect(request.state).toEqual(rest);
  });

  it('comes once more where the bot was away, and finds who came in that minute only', () => {
    const late = noon + hour;
    expect(lookAt(late, reads(late, back())).is).toBe('back');
    expect(lookAt(late, reads(late, back({ startedAt: noon + 2 * minute }))).next.state).toEqual(rest);
  });

  it('is not for a blank login', () => {
    expect(lookoutAfter(noon, aSession({ vmLogin: '' }))).toBeUndefined();
    expect(lookoutAfter(noon, aSession({ vmLogin: ' \u00A0' }))).toBeUndefined();
    expect(lookoutAfter(noon, aSession())).toEqual(lookout);
  });
});

describe('any looks', () => {
  const tracked = fc.tuple(
    session,
    fc.integer({ min: -15, max: 15 }),
    fc.constantFrom('ref-1', 'ref-2', 'ref-3'),
  );
  const hostState = fc.option(
    fc.record({
      trackedSessions: fc.array(tracked, { maxLength: 4 }),
      trouble: fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constant({ doubtfulSince: noon }) },
        { weight: 1, arbitrary: failure.map((why) => ({ failing: { since: noon, failure: why } })) },
      ),
    }),
    { nil: undefined },
  );
  /** Into the past too: clocks are set back. */
  const elapsedMs = fc.integer({ min: -30 * second, max: 90 * second });

  it('come to an end, and never name another login, another machine or an earlier session', () => {
    fc.assert(
      fc.property(session, fc.array(fc.tuple(elapsedMs, hostState), { maxLength: 30 }), (ended, moments) => {
        const lookout = lookoutAfter(noon, ended);
        let request: GoneRequest = {
          ...gone,
          session: ended,
          state: { ...rest(state), ...(lookout && { lookout }) },
        };
        let [now, looks] = [noon, 0];
        for (const [elapsed, seen] of moments) {
          now += elapsed;
          const before = request.state.lookout;
          if (!before || !isLookDue(request, now)) continue;
          looks += 1;
          const trackedSessions = seen?.trackedSessions.map(([other, seconds, ref]) => ({
            ref,
            session: { ...other, startedAt: noon + seconds * second },
          }));
          const { is, next } = decideLook(
            { request, lookout: before },
            trackedSessions && { ...reads(now, ...trackedSessions), ...seen?.trouble },
            now,
          );
          expect(wrongs(request, next, is)).toEqual([]);
          expect(next.state.lookout?.nextLookAt ?? Infinity).toBeGreaterThan(now);
          request = next;
        }
        expect(looks).toBeLessThanOrEqual(4);
      }),
      runs(500),
    );
  });

  /** What no look may come to. */
  function wrongs(
    { ref, session: ended }: GoneRequest,
    { state: after }: GoneRequest,
    is: 'back' | 'nothing',
  ) {
    const { cameBack, lookout: left } = after;
    if (!cameBack) return is === 'back' ? ['nobody is back'] : [];
    const { session: found } = cameBack;
    return Object.entries({
      'nothing is somebody': is !== 'back',
      'looks on': left !== undefined,
      'a blank login': ended.vmLogin === '',
      'another login': found.vmLogin !== ended.vmLogin,
      'another machine': machineOf(found) !== machineOf(ended),
      'an earlier session': earliestStart(found) < sentAt - 5 * second,
      'the one that was ended': cameBack.ref === ref,
    }).flatMap(([wrong, happened]) => (happened ? [wrong] : []));
  }

  function rest({ lookout: _without, ...without }: typeof state) {
    return without;
  }
});
