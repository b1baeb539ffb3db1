import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { ageMs, earliestStart, isSameSession, seenAgain } from '../../../src/domain/sessions/session.ts';
import { changeSince } from '../../../src/domain/sessions/session-change.ts';
import { session } from '../../support/arbitrary.ts';
import { aSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const tolerance = 2 * minute;
const given = (startedAt: number) => aSession({ startedAt, startedAtFrom: 'given' });
const derived = (startedAt: number) => aSession({ startedAt, startedAtFrom: 'duration' });
const noticed = (startedAt: number) => aSession({ startedAt, startedAtFrom: 'reading' });

describe('earliestStart', () => {
  it('is as early as the source of the start leaves open', () => {
    expect(earliestStart(given(noon))).toBe(noon);
    expect(earliestStart(derived(noon))).toBe(noon - tolerance);
    expect(earliestStart(noticed(noon))).toBe(-Infinity);
  });
});

describe('isSameSession', () => {
  it.each([
    ['a given start', given(noon), given(noon), true],
    ['given starts one millisecond apart', given(noon), given(noon + 1), false],
    ['a derived start at the tolerance', derived(noon), derived(noon + tolerance), true],
    ['a derived start before it at the tolerance', derived(noon), derived(noon - tolerance), true],
    ['a derived start past the tolerance', derived(noon), derived(noon + tolerance + 1), false],
    ['a derived start before it past the tolerance', derived(noon), derived(noon - tolerance - 1), false],
    ['a given and a derived start at the tolerance', given(noon), derived(noon - tolerance), true],
    ['a given and a derived start past the tolerance', given(noon), derived(noon - tolerance - 1), false],
    ['a start that only a reading gave', noticed(noon), given(noon - 9 * hour), true],
    ['another id', aSession(), aSession({ sessionId: 'session-2' }), false],
    ['an id in another case', aSession(), aSession({ sessionId: 'SESSION-1' }), false],
    ['another host', aSession(), aSession({ hostId: '/other' }), false],
    ['a login that became known', aSession({ vmLogin: '' }), aSession({ vmLogin: 'alice' }), true],
    ['another machine under one id', aSession({ vm: { name: 'a' } }), aSession({ vm: { name: 'b' } }), true],
  ])('of %s', (_what, one, other, expected) => {
    expect(isSameSession(one, other)).toBe(expected);
    expect(isSameSession(other, one)).toBe(expected);
  });

  describe('without an id', () => {
    const withoutId = (overrides: Partial<Session>) => aSession({ sessionId: '', ...overrides });
    it.each([
      ['the same machine and login', withoutId({}), withoutId({}), true],
      [
        'a machine in another case',
        withoutId({ vm: { name: 'VM' } }),
        withoutId({ vm: { name: 'vm' } }),
        true,
      ],
      ['another machine', withoutId({ vm: { name: 'a' } }), withoutId({ vm: { name: 'b' } }), false],
      ['another login', withoutId({ vmLogin: 'alice' }), withoutId({ vmLogin: 'Alice' }), false],
      ['another start', withoutId({}), withoutId({ startedAt: noon }), false],
    ])('of %s', (_what, one, other, expected) => {
      expect(isSameSession(one, other)).toBe(expected);
    });
  });

  it('is reflexive and symmetric', () => {
    fc.assert(
      fc.property(session, session, (one, other) => {
        expect(isSameSession(one, one)).toBe(true);
        expect(isSameSession(one, other)).toBe(isSameSession(other, one));
      }),
      runs(100),
    );
  });
});

describe('seenAgain', () => {
  it('keeps who is behind it, which no reading shows', () => {
    const origin = {
      known: 'likely',
      isSoFar: false,
      candidates: [{ entraUser: 'fay@corp.example' }],
    } as const;
    const first = { ...given(noon), origin };
    expect(seenAgain(first, given(noon))).toEqual(first);
    expect(seenAgain({ ...noticed(noon), origin }, derived(noon))).toEqual({ ...derived(noon), origin });
  });

  it('is the same object where nothing changed', () => {
    const first = { ...given(noon), origin: { known: 'exact', isSoFar: false, candidates: [] } } as const;
    expect(seenAgain(first, given(noon))).toBe(first);
    expect(seenAgain(first, { ...given(noon), vmLogin: 'alice' })).not.toBe(first);
  });

  it('keeps a derived start at its first value', () => {
    const seen = { ...derived(noon + minute), vmLogin: 'alice' };
    expect(seenAgain(derived(noon), seen)).toEqual({ ...derived(noon), vmLogin: 'alice' });
  });

  it('takes a given start once there is one', () => {
    expect(seenAgain(derived(noon), given(noon + minute))).toEqual(given(noon + minute));
    expect(seenAgain(noticed(noon), given(noon - hour))).toEqual(given(noon - hour));
  });

  it('keeps a given start when it is only derived later', () => {
    expect(seenAgain(given(noon), derived(noon + minute))).toEqual(given(noon));
    expect(seenAgain(given(noon), noticed(noon + hour))).toEqual(given(noon));
  });

  it('takes a derived start instead of the time of a reading, and never the other way round', () => {
    expect(seenAgain(noticed(noon), derived(noon - hour))).toEqual(derived(noon - hour));
    expect(seenAgain(derived(noon), noticed(noon + hour))).toEqual(derived(noon));
  });

  it('keeps the first time of a reading', () => {
    expect(seenAgain(noticed(noon), noticed(noon + hour))).toEqual(noticed(noon));
  });

  it('never lets a wandering start drift out of its own identity', () => {
    const wander = fc.array(fc.integer({ min: -tolerance, max: tolerance }), { minLength: 1 });
    fc.assert(
      fc.property(wander, (offsets) => {
        const first = derived(noon);
        const last = offsets.reduce((kept, offset) => {
          const seen = derived(noon + offset);
          expect(isSameSession(kept, seen)).toBe(true);
          return seenAgain(kept, seen);
        }, first);
        expect(last).toEqual(first);
      }),
      runs(100),
    );
  });
});

describe('changeSince', () => {
  it.each([
    ['nothing', aSession(), aSession(), undefined],
    ['a given start', given(noon), given(noon + 1), 'other-start'],
    ['a derived start within the tolerance', derived(noon), derived(noon + tolerance), undefined],
    ['a derived start past the tolerance', derived(noon), derived(noon + tolerance + 1), 'other-start'],
    ['a start that became known', noticed(noon), given(noon - 5 * hour), undefined],
    ['a start shortly after the reading', noticed(noon), given(noon + tolerance), undefined],
    ['a start after the reading that showed it', noticed(noon), given(noon + tolerance + 1), 'other-start'],
    ['the time of the reading only', noticed(noon), noticed(noon + hour), undefined],
    ['a login that became known', aSession({ vmLogin: '' }), aSession({ vmLogin: 'alice' }), 'other-login'],
    ['a login in another case', aSession({ vmLogin: 'a' }), aSession({ vmLogin: 'A' }), 'other-login'],
    ['the machine', aSession({ vm: { name: 'a' } }), aSession({ vm: { name: 'b' } }), 'other-machine'],
    [
      'the case of a resource id',
      aSession({ vm: { name: 'a', resourceId: '/Subscriptions/X' } }),
      aSession({ vm: { name: 'a', resourceId: '/subscriptions/x' } }),
      undefined,
    ],
    [
      'the resource id behind a name',
      aSession({ vm: { name: 'a', resourceId: '/x' } }),
      aSession({ vm: { name: 'a', resourceId: '/y' } }),
      'other-machine',
    ],
    [
      'the address behind a name',
      aSession({ vm: { name: 'a', address: '10.0.0.4' } }),
      aSession({ vm: { name: 'a', address: '10.0.0.5' } }),
      'other-machine',
    ],
    ['only the protocol', aSession({ protocol: 'ssh' }), aSession({ protocol: 'rdp' }), undefined],
  ])('of %s', (_what, approved, seen, expected) => {
    expect(changeSince(approved, seen)).toBe(expected);
  });

  it('finds none between a session and itself', () => {
    fc.assert(
      fc.property(session, (one) => expect(changeSince(one, one)).toBeUndefined()),
      runs(100),
    );
  });
});

describe('ageMs', () => {
  it.each([
    [noon + 1, 1],
    [noon, 0],
    [noon - 1, 0],
  ])('at %d is %d', (now, expected) => {
    expect(ageMs(given(noon), now)).toBe(expected);
  });
});
