import { describe, expect, it } from '@jest/globals';
import type { HomeOwner, HomeSights, Overview, Waiting } from '../../../src/domain/home/home.ts';
import { homeOf } from '../../../src/domain/home/home.ts';
import { pictureOf } from '../../../src/domain/home/picture.ts';
import {
  aBatch,
  aHost,
  aHostState,
  aPolicy,
  aRequest,
  aSession,
  anAlert,
  hour,
  noon,
} from '../../support/build.ts';
import { identities } from '../../support/identities.ts';
import { ann, calm, policy, trackedSessions } from './homes.ts';

function sights(overview: Partial<Overview>, owner: Partial<HomeOwner> = {}): HomeSights {
  const { sights: found } = homeOf({ ...calm, ...overview }, { ...ann, ...owner }, { policy, now: noon });
  if ('allowed' in found) throw new Error('nothing may be seen');
  return found;
}

function waiting(waitFor: readonly Waiting[], owner: Partial<HomeOwner> = {}) {
  return homeOf({ ...calm, waiting: waitFor }, { ...ann, ...owner }, { policy, now: noon }).waiting;
}

describe('a home', () => {
  it('shows the person’s own sessions, the longest first', () => {
    const hostState = aHostState({
      trackedSessions: trackedSessions(
        { vmLogin: 'root', startedAt: noon - hour },
        { vmLogin: 'bob', startedAt: noon - 4 * hour },
        { vmLogin: 'Ann', startedAt: noon - 3 * hour },
        { vmLogin: '', startedAt: noon },
      ),
    });
    const { mine } = sights({ states: [hostState] });
    expect(mine.count).toBe(2);
    expect(mine.shown).toMatchObject([
      { ref: 'ref-2', attention: 'over-limit' },
      { ref: 'ref-0', attention: 'none' },
    ]);
  });

  it('knows a login by both ids of one person, and none that several share', () => {
    const hostState = aHostState({ trackedSessions: trackedSessions({ vmLogin: 'root' }) });
    const known = identities(['U0ANN', 'W0ANN'], ['U0BOB']);
    const counted = (slack: string[]) => {
      const mapped = aPolicy({ people: [{ vmLogin: 'root', slack }] });
      return homeOf({ ...calm, states: [hostState] }, { ...ann, known }, { policy: mapped, now: noon })
        .sights;
    };
    expect(counted(['U0ANN', 'W0ANN'])).toMatchObject({ mine: { count: 1 } });
    expect(counted(['U0ANN', 'U0BOB'])).toMatchObject({ mine: { count: 0 } });
  });

  it('knows nobody by an address that Slack did not tell', () => {
    const hostState = aHostState({
      trackedSessions: trackedSessions({ vmLogin: 'ann' }, { vmLogin: 'root' }),
    });
    const { email: _untold, ...untold } = ann;
    const home = homeOf({ ...calm, states: [hostState] }, untold, { policy, now: noon });
    expect(home.sights).toMatchObject({ mine: { shown: [{ ref: 'ref-1' }], count: 1 } });
    expect(sights({ states: [hostState] }, { id: 'U0BOB' }).mine.shown).toMatchObject([{ ref: 'ref-0' }]);
  });

  it('shows eight of many, and says how many there are', () => {
    const hostState = aHostState({
      trackedSessions: trackedSessions(...Array.from({ length: 9 }, () => ({ vmLogin: 'root' }))),
    });
    const { mine } = sights({ states: [hostState] });
    expect(mine.shown).toHaveLength(8);
    expect(mine.count).toBe(9);
  });

  it('shows alerts that nobody has in hand first, and none that has closed meanwhile', () => {
    const snooze = { by: 'U0BOB', at: noon, until: noon + hour, reason: 'backup' };
    const shown = [
      anAlert({ id: 'acknowledged', handling: { is: 'acknowledged', by: 'U0BOB', at: noon } }),
      anAlert({ id: 'closed', state: { is: 'ended', checkedAt: noon } }),
      anAlert({ id: 'snoozed', handling: { is: 'snoozed', ...snooze } }),
      anAlert({ id: 'woken', handling: { is: 'woken', ...snooze } }),
      anAlert({ id: 'new' }),
    ];
    const { alerts } = sights({ alerts: { shown, count: 70 } });
    expect(alerts.shown.map(({ id }) => id)).toEqual(['woken', 'new', 'acknowledged', 'snoozed']);
    expect(alerts.count).toBe(70);
    const many = Array.from({ length: 20 }, () => anAlert());
    expect(sights({ alerts: { shown: many, count: 20 } }).alerts.shown).toHaveLength(8);
  });

  it('shows every host with what is over its limit there', () => {
    const busy = aHostState({
      trackedSessions: trackedSessions({ startedAt: noon - 3 * hour }, { startedAt: noon }),
    });
    const failing = { since: noon, failure: { kind: 'locked' } as const };
    const silent = aHostState({ host: aHost({ name: 'bastion-lab' }), trackedSessions: [], failing });
    expect(sights({ states: [busy, silent] }).hosts).toEqual([
      { name: 'bastion-prod', sessions: 2, overLimit: 1, readAt: noon, isStale: false },
      { name: 'bastion-lab', sessions: 0, overLimit: 0, readAt: noon, isStale: false, failing },
    ]);
  });

  it('says what could not be searched, and whether anything was', () => {
    const problems = [{ scope: 'all subscriptions', failure: { kind: 'signed-out' } as const }];
    expect(sights({ discovery: { problems } })).toMatchObject({ isDiscovered: true, problems });
    expect(sights({ discovery: undefined })).toMatchObject({ isDiscovered: false, problems: [] });
  });

  it('offers what the person may ask for', () => {
    expect(sights({}).offer).toBe('required');
    expect(sights({}, { mayAsk: false }).offer).toBe('off');
  });

  it('shows no sessions to whoever may not see them', () => {
    const view = { allowed: false, right: 'view', who: [], because: 'not-named' } as const;
    expect(homeOf(calm, { ...ann, view, mayApprove: false }, { policy, now: noon })).toEqual({
      sights: view,
    });
  });

  it('counts a session as the person’s whose Entra user they exactly are, and none of which that is only likely', () => {
    const candidates = [{ entraUser: 'Ann@Example.com' }];
    const hostState = aHostState({
      trackedSessions: trackedSessions(
        { vmLogin: '', origin: { known: 'exact', candidates, isSoFar: false } },
        { vmLogin: '', origin: { known: 'likely', candidates, isSoFar: false } },
      ),
    });
    expect(sights({ states: [hostState] }).mine).toMatchObject({ count: 1, shown: [{ ref: 'ref-0' }] });
  });

  it('does not offer to approve what may be their own', () => {
    const candidates = [{ entraUser: 'bob@example.com' }, { entraUser: 'ann@example.com' }];
    const session = aSession({ origin: { known: 'one-of', candidates, isSoFar: true } });
    const request = { is: 'request', request: aRequest({ session }) } as const;
    const batch = { is: 'batch', batch: aBatch(), members: [aRequest(), aRequest({ session })] } as const;
    expect(waiting([request, batch])).toEqual({ shown: [], count: 0 });
    expect(waiting([request], { email: 'eve@example.com' })).toMatchObject({ count: 1 });
  });

  it('says what keeps the audit log from telling, and shows the same picture while it goes on', () => {
    const standing = (askedAt: number) =>
      ({
        askedAt,
        allAskedAt: askedAt,
        hostsRead: 1,
        trouble: { since: noon, problem: { is: 'no-table' } },
      }) as const;
    expect(sights({ logStanding: standing(noon) }).logTrouble).toEqual({
      since: noon,
      problem: { is: 'no-table' },
    });
    expect(sights({ logStanding: { askedAt: noon, allAskedAt: noon, hostsRead: 1 } })).not.toHaveProperty(
      'logTrouble',
    );
    const picture = (askedAt: number) =>
      pictureOf(homeOf({ ...calm, logStanding: standing(askedAt) }, ann, { policy, now: noon }));
    expect(picture(noon)).toBe(picture(noon + hour));
  });

  it('shows what the person can approve: one by one, or several at once', () => {
    const request = { is: 'request', request: aRequest() } as const;
    const batch = { is: 'batch', batch: aBatch(), members: [aRequest()] } as const;
    expect(waiting([request, batch])).toEqual({ shown: [request, batch], count: 2 });
    expect(waiting([request, batch], { id: 'U0ASKER' })).toEqual({ shown: [], count: 0 });
    expect(waiting([request, batch], { mayApprove: false })).toBeUndefined();
    const six = Array.from({ length: 6 }, () => request);
    expect(waiting(six)).toEqual({ shown: six.slice(0, 5), count: 6 });
    const late = { is: 'request', request: aRequest({ expiresAt: noon }) } as const;
    expect(waiting([late])).toEqual({ shown: [], count: 0 });
  });
});
