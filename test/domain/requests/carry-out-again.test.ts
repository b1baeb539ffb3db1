import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { afterNothingDone, afterTaken } from '../../../src/domain/requests/answer.ts';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { withhold } from '../../../src/domain/requests/withhold.ts';
import { asShown } from '../../../src/domain/requests/waiting.ts';
import { failure } from '../../support/arbitrary.ts';
import { aRequest, aSession, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import {
  approved,
  approvedState,
  second,
  sending,
  sendingState,
  showing,
  timedOut,
  waitingFor,
} from './carried.ts';

describe('a call of which nothing was done', () => {
  const sent = { ...sending(), version: 7 };
  const settles = ['forbidden', 'locked', 'host-gone'];

  it('is none where that passes, and settles the request where somebody has to act', () => {
    fc.assert(
      fc.property(failure, (reason) => {
        const state = settles.includes(reason.kind)
          ? { ...sendingState, is: 'refused', at: noon + 1, failure: reason }
          : { ...approvedState, waiting: { since: noon + 1, failure: reason, for: 'call', isSaid: false } };
        const after = afterNothingDone({ before: approved, sent }, reason, noon + 1);
        expect(after).toMatchObject({ version: 7, state });
        expect(after?.state).not.toHaveProperty('sentAt', 'waiting' in state ? noon : noon + 1);
      }),
      runs(100),
    );
  });

  it('goes on waiting, for the same reason or another', () => {
    const before = waitingFor('call', { kind: 'busy' });
    const again = {
      ...before,
      state: { ...before.state, is: 'sending', sentAt: noon + second, calls: 1 },
    } as const;
    const after = afterNothingDone({ before, sent: again }, { kind: 'busy' }, noon + second);
    expect(after).toMatchObject({ state: { is: 'approved', waiting: { since: noon, isSaid: true } } });
    expect(
      afterNothingDone({ before: waitingFor('reading'), sent: again }, timedOut, noon + second),
    ).toMatchObject({ state: { waiting: { since: noon, for: 'call', isSaid: false } } });
    expect(afterNothingDone({ before, sent: again }, { kind: 'locked' }, noon + second)?.state).toEqual({
      ...sendingState,
      sentAt: noon + second,
      is: 'refused',
      at: noon + second,
      failure: { kind: 'locked' },
    });
  });

  it('ends, when time is over, in words of its own', () => {
    const { expiresAt } = approved;
    expect(decideStep(waitingFor('call'), showing([aSession()]), expiresAt)).toMatchObject({
      next: { state: { is: 'not-sent', at: expiresAt, why: { is: 'not-taken', failure: timedOut } } },
    });
  });

  it('is shown as the waiting it interrupts, until Azure may have taken it', () => {
    const before = waitingFor('call');
    const step = decideStep(before, showing([aSession()], { readAt: noon + second }), noon + second);
    const tried = step?.do === 'send' ? step.next : before;
    expect(tried.state).toMatchObject({ is: 'sending', waiting: { since: noon } });
    expect(asShown(tried)).toEqual(before);
    const taken = afterTaken({ before, sent: tried });
    expect(taken).toEqual({ ...before, state: { ...sendingState, sentAt: noon + second } });
    expect(taken && asShown(taken)).toBe(taken);
  });

  it('leaves the proof of a first call open, and tries the second again for two minutes', () => {
    const second1 = sending({ calls: 2, sentAt: noon + 10 * second });
    const after = afterNothingDone(
      { before: sending(), sent: { ...second1, version: 7 } },
      timedOut,
      noon + 10 * second,
    );
    const again = { since: noon + 10 * second, failure: timedOut, nextTryAt: noon + 11 * second };
    expect(after).toEqual({ ...sending(), version: 7, state: { ...sendingState, again } });
    const request = after ?? approved;
    const at = (now: number) => decideStep(request, showing([aSession()], { readAt: now }), now);
    expect(at(noon + 11 * second - 1)?.do).toBe('read-again');
    expect(at(noon + 11 * second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...request, state: { ...sendingState, sentAt: noon + 11 * second, calls: 2 } },
    });
    expect(at(noon + 130 * second)).toMatchObject({
      next: { state: { is: 'still-there', calls: 1, again } },
    });
    expect(afterNothingDone({ before: sending(), sent: second1 }, { kind: 'locked' }, noon)).toBeUndefined();
  });
});

describe('withhold', () => {
  it.each([{ is: 'switched-off' } as const, { is: 'hourly-limit', maxPerHour: 3 } as const])(
    'settles an approved request: $is',
    (why) => {
      expect(withhold(approved, why, noon + 1)).toEqual({
        ...approved,
        state: { ...approvedState, is: 'not-sent', at: noon + 1, why },
      });
    },
  );

  it('makes no further call for what was sent, which goes on being proven', () => {
    const withheld = withhold(sending(), { is: 'switched-off' }, noon);
    expect(withheld).toEqual({
      ...sending(),
      state: { ...sending().state, withheld: { is: 'switched-off' } },
    });
  });

  it('leaves alone what is over', () => {
    const denied = aRequest({ state: { is: 'denied', by: 'U0BOSS', at: noon } });
    expect(withhold(denied, { is: 'switched-off' }, noon)).toBe(denied);
  });
});
