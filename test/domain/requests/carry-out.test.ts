import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { isPassing } from '../../../src/domain/hosts/azure-failure.ts';
import { afterNothingDone, afterTaken } from '../../../src/domain/requests/answer.ts';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { withhold } from '../../../src/domain/requests/withhold.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { aHostState, aRequest, aSession, hour, minute, noon } from '../../support/build.ts';
import {
  approved,
  approvedState,
  doubted,
  failing,
  lasting,
  passing,
  saidGone,
  second,
  sending,
  sendingState,
  showing,
  timedOut,
  waitingFor,
} from './carried.ts';

describe('an approved request', () => {
  const notSent = (why: object, now = noon) => ({
    do: 'settle',
    next: { ...approved, state: { ...approvedState, is: 'not-sent', at: now, why } },
  });

  it('is sent when the session is as it was approved', () => {
    expect(decideStep(approved, showing([aSession()]), noon + 1)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + 1 } },
    });
  });

  it('is not sent when the session ended by itself', () => {
    const others = showing([aSession({ sessionId: 'session-2' })], { readAt: noon - 5 });
    expect(decideStep(approved, others, noon)).toEqual(
      notSent({ is: 'ended-by-itself', checkedAt: noon - 5 }),
    );
  });

  it.each([
    ['other-start', aSession({ startedAt: noon - hour + 1 })],
    ['other-machine', aSession({ vm: { name: 'vm-web-2' } })],
    ['other-login', aSession({ vmLogin: '' })],
  ])('is not sent to a session with the same id and %s', (change, current) => {
    expect(decideStep(approved, showing([current]), noon)).toEqual(notSent({ is: 'changed', change }));
  });

  it('is not sent while another session bears the same id too', () => {
    const other = aSession({ startedAt: noon });
    for (const sessions of [
      [aSession(), other],
      [other, aSession()],
    ]) {
      expect(decideStep(approved, showing(sessions), noon)).toEqual(
        notSent({ is: 'changed', change: 'other-start' }),
      );
    }
  });

  const certain = lasting.filter(({ kind }) => kind !== 'host-gone');

  it.each(certain)('is not sent when the host cannot be read for good: $kind', (reason) => {
    expect(decideStep(approved, failing(reason), noon)).toEqual(notSent({ is: 'unread', failure: reason }));
  });

  it('is not sent when the host is no longer known', () => {
    expect(decideStep(approved, undefined, noon)).toEqual(
      notSent({ is: 'unread', failure: { kind: 'host-gone' } }),
    );
  });

  it.each([...passing, saidGone])('waits for what may pass, until it expires: $kind', (reason) => {
    const { expiresAt } = approved;
    const since = { since: noon + second, failure: reason, for: 'reading', isSaid: false };
    const first = decideStep(approved, failing(reason), noon + second);
    const waiting = { ...since, nextTryAt: noon + 2 * second };
    expect(first).toEqual({ do: 'wait', next: { ...approved, state: { ...approvedState, waiting } } });

    const waits = first?.do === 'wait' ? first.next : approved;
    expect(decideStep(waits, failing(reason), expiresAt - 1)).toMatchObject({
      do: 'wait',
      next: { state: { waiting: { ...since, isSaid: true, nextTryAt: expiresAt } } },
    });
    const over = notSent({ is: 'unread', failure: reason }, expiresAt);
    expect(decideStep(waits, failing(reason), expiresAt)).toEqual(over);
    expect(decideStep(waits, showing([aSession()], { readAt: expiresAt }), expiresAt)).toEqual(over);
  });

  it('waits two minutes where it was approved at the last moment', () => {
    const late = { ...approved, expiresAt: noon + 1 };
    expect(decideStep(late, failing(timedOut), noon + 2 * minute - 1)).toMatchObject({
      do: 'wait',
      next: { state: { waiting: { nextTryAt: noon + 2 * minute } } },
    });
    expect(decideStep(late, failing(timedOut), noon + 2 * minute)).toMatchObject({
      do: 'settle',
      next: { state: { is: 'not-sent', why: { is: 'too-late' } } },
    });
  });

  it('is not sent to whoever comes to it after its time, however well the host is read', () => {
    const seen = showing([aSession()], { readAt: approved.expiresAt });
    expect(decideStep(approved, seen, approved.expiresAt)).toEqual(
      notSent({ is: 'too-late' }, approved.expiresAt),
    );
  });

  it('waits where Azure says once that the host is gone, and ends once it is known no more', () => {
    const gone = { kind: 'host-gone' } as const;
    expect(decideStep(approved, failing(gone), noon)).toMatchObject({ do: 'wait' });
    expect(decideStep(approved, undefined, noon)).toEqual(notSent({ is: 'unread', failure: gone }));
  });

  it('settles when what it waited for turns out to need somebody', () => {
    expect(decideStep(waitingFor('reading'), failing({ kind: 'locked' }), noon + minute)).toMatchObject({
      next: { state: { is: 'not-sent', why: { is: 'unread', failure: { kind: 'locked' } } } },
    });
  });

  it('is sent once Azure answers', () => {
    const waits = waitingFor('reading');
    expect(decideStep(waits, showing([aSession()]), noon + second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + second } },
    });
  });

  it.each([
    [noon + minute, noon + minute, noon + minute],
    [noon - minute, noon + second, noon + 500],
    [noon + hour, approved.expiresAt, noon + 2 * minute],
  ])('reads a throttling host when it said: %d', (retryAt, nextTryAt, at) => {
    const throttled = failing({ kind: 'throttled', retryAt });
    expect(decideStep(approved, throttled, noon)).toMatchObject({
      next: { state: { waiting: { nextTryAt } } },
    });
    expect(decideStep(sending(), throttled, noon)).toEqual({ do: 'read-again', at });
  });

  it.each([
    [0, second],
    [10 * second, 10 * second],
    [10 * minute, minute],
    [-hour, second],
  ])('is tried less and less often: %d ms after the first try', (after, inMs) => {
    expect(decideStep(waitingFor('reading'), failing(timedOut), noon + after)).toMatchObject({
      next: { state: { waiting: { since: noon, nextTryAt: noon + after + inMs } } },
    });
  });

  it.each<[AzureFailure, AzureFailure, boolean]>([
    [timedOut, { kind: 'timed-out', reference: 'another' }, true],
    [timedOut, { kind: 'unreachable' }, false],
    [{ kind: 'failed', code: 'A' }, { kind: 'failed', code: 'B' }, false],
    [{ kind: 'throttled', retryAt: noon + 1 }, { retryAt: noon + 2, kind: 'throttled' }, true],
    [{ kind: 'throttled', retryAt: noon }, { kind: 'throttled', retryAt: noon + minute }, false],
  ])('knows whether people have read that before: %j, then %j', (first, then, isSaid) => {
    expect(decideStep(waitingFor('reading', first), failing(then), noon + second)).toMatchObject({
      next: { state: { waiting: { failure: then, isSaid } } },
    });
  });

  it('reads again before it believes a doubtful reading', () => {
    expect(decideStep(approved, doubted, noon)).toEqual({ do: 'read-again', at: noon + 500 });
  });

  it('reads again when nothing was ever read', () => {
    const { readAt: _never, ...unread } = aHostState();
    expect(decideStep(approved, unread, noon)).toMatchObject({ do: 'read-again' });
  });
});

describe('a request with nothing to carry out', () => {
  it.each<RequestState>([
    { is: 'pending' },
    { is: 'denied', by: 'U0BOSS', at: noon },
    { is: 'cancelled', by: 'U0ASKER', at: noon },
    { is: 'expired', at: noon },
    { is: 'overtaken', at: noon, why: { is: 'ended-by-itself', checkedAt: noon } },
    { ...sendingState, is: 'gone', checkedAt: noon },
    { ...sendingState, is: 'still-there', checkedAt: noon },
    { ...sendingState, is: 'unproven', at: noon, failure: timedOut },
    { ...sendingState, is: 'refused', at: noon, failure: { kind: 'locked' } },
    { ...approvedState, is: 'not-sent', at: noon, why: { is: 'switched-off' } },
  ])('has no step: $is', (state) => {
    const request = aRequest({ state });
    expect(decideStep(request, showing([aSession()]), noon + hour)).toBeUndefined();
    expect(decideStep(request, undefined, noon + hour)).toBeUndefined();
    expect(afterNothingDone({ before: request, sent: request }, timedOut, noon)).toBeUndefined();
    expect(afterTaken({ before: request, sent: request })).toBeUndefined();
    expect(withhold(request, { is: 'switched-off' }, noon)).toBe(request);
  });
});

describe('isPassing', () => {
  it('tells what time can heal from what it cannot', () => {
    expect(passing.every(isPassing)).toBe(true);
    expect(isPassing({ kind: 'throttled', retryAt: noon })).toBe(true);
    expect(isPassing({ kind: 'failed', code: 'InternalServerError' })).toBe(true);
    expect(lasting.some(isPassing)).toBe(false);
  });
});
