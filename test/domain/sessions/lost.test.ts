import { describe, expect, it } from '@jest/globals';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { lostReason } from '../../../src/domain/sessions/lost.ts';
import type { Snapshot, Verdict } from '../../../src/domain/sessions/snapshot.ts';
import { aHostState, hour, noon } from '../../support/build.ts';

const day = 24 * hour;
const timedOut = { since: noon, failure: { kind: 'timed-out' } } as const;
const triedFor = (triedForMs: number) => ({ failing: { ...timedOut, triedForMs } });

function snapshot(verdict: Verdict, overrides: Partial<HostState> = {}): Snapshot {
  return { verdict, hostState: aHostState(overrides), sightings: [] };
}

describe('lostReason', () => {
  it.each([
    [-1, undefined],
    [0, 'unknown-too-long'],
    [1, 'unknown-too-long'],
  ])('gives up a host that was tried in vain for a day and %d ms', (after, expected) => {
    expect(lostReason(snapshot('failed', triedFor(day + after)))).toBe(expected);
  });

  it('gives nothing up by the time alone: the bot may have been off', () => {
    expect(lostReason(snapshot('failed', { failing: timedOut, readAt: noon - 9 * day }))).toBeUndefined();
  });

  it.each(['good', 'doubtful', 'outdated'] as const)('never gives up after a %s reading', (verdict) => {
    expect(lostReason(snapshot(verdict))).toBeUndefined();
  });

  it('gives nothing up on a host that was never read', () => {
    const { readAt: _never, ...unread } = aHostState(triedFor(9 * day));
    expect(lostReason({ verdict: 'failed', hostState: unread, sightings: [] })).toBeUndefined();
  });
});
