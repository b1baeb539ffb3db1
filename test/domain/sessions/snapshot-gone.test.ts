import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { isMissedTwice } from '../../../src/domain/sessions/snapshot.ts';
import { aHostState, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { fails, later, look, second, shows, timedOut } from './readings.ts';

const hostGone: AzureFailure = { kind: 'host-gone' };

describe('a host that Azure says is gone', () => {
  const muchLater = later + minute;

  it('is believed only the second time, an interval after the first', () => {
    const once = look(aHostState(), fails(hostGone));
    expect(once.verdict).toBe('failed');
    const soon = look(once.hostState, fails(hostGone, { counter: 3, begunAt: later + 30 * second }));
    expect(soon.verdict).toBe('failed');
    const again = fails(hostGone, { counter: 4, begunAt: muchLater });
    expect(look(soon.hostState, again).verdict).toBe('host-gone');
  });

  it('is believed by its own word only: another failure before does not count', () => {
    const { hostState } = look(aHostState(), fails(timedOut, { begunAt: noon - hour }));
    expect(look(hostState, fails(hostGone, { counter: 3 })).verdict).toBe('failed');
  });

  it.each([
    ['another failure', fails(timedOut, { counter: 3, begunAt: later + 30 * second })],
    ['an answer', shows([aSession()], { counter: 3, begunAt: later + 30 * second })],
  ])('is not believed when %s comes in between', (_what, between) => {
    const once = look(aHostState(), fails(hostGone));
    const { hostState } = look(once.hostState, between);
    expect(look(hostState, fails(hostGone, { counter: 4, begunAt: muchLater })).verdict).toBe('failed');
  });

  it('is missed by a second search an interval after the first', () => {
    expect(isMissedTwice(aHostState(), noon, minute)).toBe(false);
    expect(isMissedTwice(aHostState({ missedAt: noon }), noon + 30 * second, minute)).toBe(false);
    expect(isMissedTwice(aHostState({ missedAt: noon }), noon + minute, minute)).toBe(true);
  });

  it('is not missed once a reading has found it', () => {
    expect(look(aHostState({ missedAt: noon }), shows([])).hostState.missedAt).toBeUndefined();
  });
});

describe('a session that was given up', () => {
  const given = aHostState({
    trackedSessions: [],
    lost: [{ ...aTrackedSession({ alertId: 'alert-1' }), lostAt: noon }],
  });

  it('is the same one when a reading shows it again', () => {
    const { hostState, sightings } = look(given, shows([aSession()]));
    expect(hostState).toMatchObject({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })], lost: [] });
    expect(sightings).toMatchObject([{ tracked: { ref: 'ref-1' }, sighting: 'open' }]);
  });

  it('is another one when only its id is shown again', () => {
    const { hostState } = look(given, shows([aSession({ startedAt: noon })]));
    expect(hostState.trackedSessions).not.toMatchObject([{ ref: 'ref-1' }]);
  });

  it('is found again once, also where its start was never known', () => {
    const session = aSession({ startedAtFrom: 'reading' });
    const hostState = aHostState({
      trackedSessions: [],
      lost: [{ ...aTrackedSession({ session }), lostAt: noon }],
    });
    const both = [aSession({ startedAt: noon - hour }), aSession({ startedAt: noon - minute })];
    const refs = look(hostState, shows(both)).hostState.trackedSessions.map(({ ref }) => ref);
    expect(refs).toEqual(['ref-1', expect.stringMatching(/^new-/)]);
  });

  it('is over, unseen, when a reading does not show it', () => {
    const { hostState, sightings } = look(given, shows([]));
    expect(hostState).toMatchObject({ trackedSessions: [], lost: [] });
    expect(sightings).toEqual([]);
  });

  it('stays given up while nothing can be read', () => {
    expect(look(given, fails(timedOut)).hostState.lost).toEqual(given.lost);
  });
});
