import { describe, expect, it } from '@jest/globals';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { aSession, hour, minute, noon } from '../../support/build.ts';
import {
  approved,
  doubted,
  failing,
  lasting,
  passing,
  saidGone,
  second,
  sending,
  sendingState,
  showing,
} from './carried.ts';

describe('a request that was sent', () => {
  const still = (readAt: number) => showing([aSession()], { readAt });
  const gone = showing([aSession({ sessionId: 'session-2' })], { readAt: noon + second });

  it('is proven by a reading that does not show the session', () => {
    expect(decideStep(sending(), gone, noon + second)).toEqual({
      do: 'settle',
      next: {
        ...approved,
        state: {
          ...sendingState,
          is: 'gone',
          checkedAt: noon + second,
          lookout: { nextLookAt: noon + 6 * second, until: noon + 61 * second },
        },
      },
    });
  });

  it('is looked out for no longer where nobody could say whose a later one is', () => {
    const blank = { ...sending(), session: aSession({ vmLogin: '' }) };
    const step = decideStep(blank, gone, noon + second);
    expect(step).toMatchObject({ next: { state: { is: 'gone' } } });
    expect(step).not.toHaveProperty('next.state.lookout');
  });

  it('is proven by another session under the same id', () => {
    expect(decideStep(sending(), showing([aSession({ startedAt: noon })]), noon)).toMatchObject({
      next: { state: { is: 'gone' } },
    });
  });

  it.each([
    [10 * second - 1, 'read-again'],
    [10 * second, 'send'],
    [10 * second + 1, 'send'],
  ])(
    'is sent once more after a reading begun %d ms later that still shows the session',
    (after, expected) => {
      expect(decideStep(sending(), still(noon + after), noon + after)?.do).toBe(expected);
    },
  );

  it('is not sent once more for a moment that is late, only for a reading that is', () => {
    expect(decideStep(sending(), still(noon + 9 * second), noon + 30 * second)?.do).toBe('read-again');
  });

  it('counts the second call from when it goes out', () => {
    expect(decideStep(sending(), still(noon + 10 * second), noon + 11 * second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + 11 * second, calls: 2 } },
    });
  });

  it('is sent once more however late, should the first call have died with its process', () => {
    expect(decideStep(sending(), still(noon + hour), noon + hour)?.do).toBe('send');
  });

  it.each([
    ['its login changed', [aSession({ vmLogin: 'bob' })]],
    ['its machine changed', [aSession({ vm: { name: 'vm-web-2' } })]],
    ['another session bears its id too', [aSession(), aSession({ startedAt: noon })]],
  ])('is not sent once more when %s', (_what, sessions) => {
    const hostState = showing(sessions, { readAt: noon + 20 * second });
    expect(decideStep(sending(), hostState, noon + 20 * second)).toMatchObject({ do: 'read-again' });
  });

  it.each([
    [minute - 1, 'read-again'],
    [minute, 'settle'],
    [minute + 1, 'settle'],
  ])('is never sent a third time, and is given up %d ms after the second', (after, expected) => {
    expect(decideStep(sending({ calls: 2 }), still(noon + after), noon + after)?.do).toBe(expected);
  });

  it('says that the session is still there', () => {
    const request = sending({ calls: 2 });
    expect(decideStep(request, still(noon + minute), noon + minute)).toEqual({
      do: 'settle',
      next: {
        ...request,
        state: { ...sendingState, calls: 2, is: 'still-there', checkedAt: noon + minute },
      },
    });
  });

  it.each([...passing, saidGone, ...lasting])('is unproven after two minutes of silence: $kind', (reason) => {
    expect(decideStep(sending(), failing(reason), noon + 2 * minute - 1)?.do).toBe('read-again');
    expect(decideStep(sending(), failing(reason), noon + 2 * minute)).toEqual({
      do: 'settle',
      next: {
        ...approved,
        state: { ...sendingState, is: 'unproven', at: noon + 2 * minute, failure: reason },
      },
    });
  });

  it('is not called gone with its host', () => {
    expect(decideStep(sending(), undefined, noon + 2 * minute)).toMatchObject({
      next: { state: { is: 'unproven', failure: { kind: 'host-gone' } } },
    });
  });

  it.each([
    [0, 500],
    [2 * second, second],
    [30 * second, 5 * second],
    [-hour, 500],
  ])('is looked for less and less often: %d ms after the call', (after, inMs) => {
    const now = noon + after;
    expect(decideStep(sending({ calls: 2 }), still(now), now)).toEqual({ do: 'read-again', at: now + inMs });
    expect(decideStep(sending(), doubted, now)).toEqual({ do: 'read-again', at: now + inMs });
  });
});
