import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { earlierOf, lastedMs, pastSessions } from '../../../src/domain/history/past-session.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { Reading } from '../../../src/domain/sessions/reading.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import { session } from '../../support/arbitrary.ts';
import {
  aHost,
  aHostState,
  aPast,
  aRequest,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const before = aHostState();
const empty: Reading = {
  hostId: aHost().id,
  counter: 2,
  begunAt: noon + minute,
  result: { ok: true, sessions: [] },
};
const nobody = new Map();
const newRef = () => 'ref-new';

describe('a session that a reading no longer shows', () => {
  it('is remembered with what is known of its end', () => {
    expect(
      pastSessions(before, observe(before, empty, { newRef, everyMs: minute }), {
        open: nobody,
        now: noon + 2 * minute,
      }),
    ).toEqual([
      {
        ref: 'ref-1',
        session: aSession(),
        host: { name: 'bastion-prod', resourceGroup: 'rg-prod' },
        seenAt: noon,
        closedAt: noon + minute,
        how: { is: 'by-itself' },
      },
    ]);
  });

  const sent = { by: 'U0BOSS', decidedAt: noon, sentAt: noon, calls: 1 } as const;
  it.each<[RequestState, string]>([
    [{ is: 'sending', ...sent }, 'by-bot'],
    [{ is: 'pending' }, 'by-itself'],
    [{ is: 'approved', by: 'U0BOSS', decidedAt: noon }, 'by-itself'],
  ])('was ended by the bot only once a disconnect was under way: %j', (state, is) => {
    const open = new Map([['ref-1', aRequest({ state })]]);
    const [past] = pastSessions(before, observe(before, empty, { newRef, everyMs: minute }), {
      open,
      now: noon,
    });
    expect(past?.how).toEqual(
      is === 'by-bot' ? { is, requestId: 'request-1', requester: 'U0ASKER' } : { is },
    );
  });
});

describe('a session that nobody saw end', () => {
  const failed: Reading = { ...empty, result: { ok: false, failure: { kind: 'host-gone' } } };
  const open = new Map([['ref-1', aRequest({ state: { is: 'pending' } })]]);

  it('is lost sight of once its host is gone', () => {
    const failing = { since: noon, failure: { kind: 'host-gone' }, goneSince: noon - minute } as const;
    const gone = aHostState({ failing });
    const [past] = pastSessions(gone, observe(gone, failed, { newRef, everyMs: minute }), {
      open,
      now: noon + hour,
    });
    expect(past).toMatchObject({
      seenAt: noon,
      closedAt: noon + hour,
      how: { is: 'lost', why: 'host-gone' },
    });
  });

  it('is lost sight of after a day without an answer, and not before', () => {
    const silent: Reading = { ...empty, result: { ok: false, failure: { kind: 'timed-out' } } };
    const tried = (triedForMs: number) => {
      const failing = { since: noon - 24 * hour, failure: { kind: 'timed-out' }, triedForMs } as const;
      const known = aHostState({ triedAt: silent.begunAt - minute, failing });
      const snapshot = observe(known, silent, { newRef, everyMs: minute });
      return pastSessions(known, snapshot, { open: nobody, now: noon + 24 * hour });
    };
    expect(tried(24 * hour - minute - 1)).toEqual([]);
    expect(tried(24 * hour - minute)).toMatchObject([{ how: { is: 'lost', why: 'unknown-too-long' } }]);
  });
});

describe('how long an ended session lasted', () => {
  it.each([
    ['to the reading that no longer showed it', aPast(), hour],
    [
      'to the reading that last showed it, where nobody saw it end',
      aPast({ how: { is: 'lost', why: 'host-gone' } }),
      hour - minute,
    ],
    ['never less than nothing', aPast({ closedAt: noon - 3 * hour }), 0],
  ])('counts %s', (_, past, expected) => {
    expect(lastedMs(past)).toBe(expected);
  });
});

describe('whatever a reading shows', () => {
  it('a session is either still watched or remembered as ended, and never both', () => {
    const sessions = fc.uniqueArray(session, { selector: (one) => one.sessionId, maxLength: 4 });
    fc.assert(
      fc.property(sessions, sessions, (tracked, seen) => {
        const hostState = aHostState({
          trackedSessions: tracked.map((one, index) =>
            aTrackedSession({ ref: `ref-${index}`, session: one }),
          ),
        });
        let refs = 0;
        const reading = { ...empty, result: { ok: true, sessions: seen } } as const;
        const snapshot = observe(hostState, reading, { newRef: () => `new-${(refs += 1)}`, everyMs: minute });
        const ended = pastSessions(hostState, snapshot, { open: nobody, now: noon + minute }).map(
          ({ ref }) => ref,
        );
        const kept = snapshot.hostState.trackedSessions
          .map(({ ref }) => ref)
          .filter((ref) => ref.startsWith('ref-'));
        expect([...ended, ...kept].sort()).toEqual(hostState.trackedSessions.map(({ ref }) => ref).sort());
      }),
      runs(100),
    );
  });
});

describe('earlier sessions', () => {
  const on = (vm: string, vmLogin = 'azureuser', startedAt = noon - 3 * hour) =>
    aPast({ session: aSession({ vm: { name: vm }, vmLogin, startedAt }) });

  it('are of the same login on the same machine, and began before', () => {
    const past = [
      on('VM-WEB-1'),
      on('vm-web-2'),
      on('vm-web-1', 'dba'),
      on('vm-web-1', 'azureuser', noon - hour),
    ];
    expect(earlierOf(past, aSession())).toEqual({ shown: [past[0]], count: 1 });
  });

  it('are of the same login in another spelling, and not of another domain', () => {
    const past = [on('vm-web-1', String.raw`CORP\AzureUser`), on('vm-web-1', 'azureuser@corp.example')];
    expect(earlierOf(past, aSession())).toEqual({ shown: past, count: 2 });
    const other = aSession({ vmLogin: String.raw`OTHER\azureuser` });
    expect(earlierOf(past, other)).toEqual({ shown: [past[1]], count: 1 });
  });

  it('are the first few and a count, and none of a blank login', () => {
    const past = Array.from({ length: 7 }, () => on('vm-web-1'));
    expect(earlierOf(past, aSession())).toEqual({ shown: past.slice(0, 5), count: 7 });
    const blank = past.map((one) => ({ ...one, session: { ...one.session, vmLogin: '' } }));
    expect(earlierOf(blank, aSession({ vmLogin: '' }))).toEqual({ shown: [], count: 0 });
  });
});
