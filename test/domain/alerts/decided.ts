import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { decideAlert } from '../../../src/domain/alerts/decide.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Sighting, Snapshot, Verdict } from '../../../src/domain/sessions/snapshot.ts';
import { aHostState, aPolicy, aRule, aTrackedSession, hour, noon } from '../../support/build.ts';

/** The session of `aTrackedSession` opened an hour before noon, so it is due at noon. */
export const rule = aRule({ warnAfterMs: hour });
export const policy = aPolicy({ rules: [rule] });
export const timedOut = { since: noon, failure: { kind: 'timed-out' } } as const;

export function snapshot(verdict: Verdict, overrides: Partial<HostState> = {}): Snapshot {
  return { verdict, hostState: aHostState(overrides), sightings: [] };
}

export function decide(
  seen: Snapshot,
  sighting: Sighting,
  now: number,
  alert?: Alert,
  inForce = policy,
): ReturnType<typeof decideAlert> {
  return decideAlert(seen, { tracked: aTrackedSession(), sighting, alert }, { policy: inForce, now });
}

export const quiet = (because: string) => ({ do: 'nothing', because });
