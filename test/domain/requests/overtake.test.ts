import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { overtake } from '../../../src/domain/requests/overtake.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { aHostState, aRequest, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const now = noon + 5 * minute;
const readAt = noon + minute;
const emptied = aHostState({ readAt, trackedSessions: [] });
const reasonIn = (request: DisconnectRequest | undefined) =>
  request?.state.is === 'overtaken' ? request.state.why : undefined;

describe('a request that nobody has decided', () => {
  it('is over once a good reading begun since does not show its session', () => {
    expect(overtake(aRequest(), emptied, now)).toEqual({
      ...aRequest(),
      state: { is: 'overtaken', at: now, why: { is: 'ended-by-itself', checkedAt: readAt } },
    });
  });

  it('is over once its host is not followed any more, or its session was given up', () => {
    expect(reasonIn(overtake(aRequest(), undefined, now))).toEqual({ is: 'host-forgotten' });
    const failing = { since: noon, failure: { kind: 'timed-out' } } as const;
    const lost = aHostState({ trackedSessions: [], lost: [aTrackedSession({ lostAt: noon })], failing });
    expect(reasonIn(overtake(aRequest(), lost, now))).toEqual({ is: 'lost' });
  });

  it.each<[string, Partial<HostState>]>([
    ['its session is open', { trackedSessions: [aTrackedSession()] }],
    [
      'its session is open under another start',
      { trackedSessions: [aTrackedSession({ session: aSession({ startedAt: 1 }) })] },
    ],
    [
      'its session is open under another name of ours',
      { trackedSessions: [aTrackedSession({ ref: 'ref-2' })] },
    ],
    ['the reading began before somebody asked', { readAt: noon }],
    ['the host was never read', {}],
    ['the host does not answer', { failing: { since: noon, failure: { kind: 'timed-out' } } }],
    ['a second reading is to confirm it', { doubtfulSince: readAt }],
  ])('waits on while %s', (what, overrides) => {
    const { readAt: _read, ...unread } = emptied;
    const hostState = what === 'the host was never read' ? unread : { ...emptied, ...overrides };
    expect(overtake(aRequest(), hostState, now)).toBeUndefined();
  });

  it('is not called over by silence, whatever else is remembered', () => {
    const maybe = <Value>(value: Value) => fc.option(fc.constant(value), { nil: undefined });
    fc.assert(
      fc.property(
        maybe({ since: noon, failure: { kind: 'timed-out' } } as const),
        maybe(readAt),
        fc.integer({ min: -minute, max: 2 * minute }),
        fc.boolean(),
        (failing, doubtfulSince, askedAfterMs, isShown) => {
          const request = aRequest({ askedAt: noon + askedAfterMs });
          const hostState = aHostState({
            readAt,
            trackedSessions: isShown ? [aTrackedSession()] : [],
            ...(failing && { failing }),
            ...(doubtfulSince !== undefined && { doubtfulSince }),
          });
          const isProof = !failing && doubtfulSince === undefined && readAt > request.askedAt && !isShown;
          expect(overtake(request, hostState, now) !== undefined).toBe(isProof);
        },
      ),
      runs(200),
    );
  });
});

describe('a request that somebody has decided', () => {
  it.each<DisconnectRequest['state']>([
    { is: 'approved', decidedAt: noon },
    { is: 'denied', by: 'U0BOSS', at: noon },
    { is: 'overtaken', at: noon, why: { is: 'lost' } },
  ])('is not overtaken: $is', (state) => {
    expect(overtake(aRequest({ state }), emptied, now)).toBeUndefined();
    expect(overtake(aRequest({ state }), undefined, now)).toBeUndefined();
  });
});
