import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Silence } from '../../../src/domain/alerts/silence.ts';
import { companyMs, decideSilence, isSilent } from '../../../src/domain/alerts/silence.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { aHost, aHostState, aPolicy, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const policy = aPolicy();
const busy = { kind: 'busy' } as const;
const failed = (since: number): Snapshot => ({
  verdict: 'failed',
  hostState: aHostState({ failing: { since, failure: busy } }),
  sightings: [],
});
const good: Snapshot = {
  verdict: 'good',
  hostState: aHostState({ readAt: noon + 5 * minute }),
  sightings: [],
};
const decide = (snapshot: Snapshot, current?: Silence, now = noon) =>
  decideSilence(snapshot, current, { policy, now, newId: () => 'silence-1' });
const raised = (): Silence => {
  const silence = decide(failed(noon - 2 * minute));
  if (!silence) throw new Error('not silent');
  return silence;
};

describe('decideSilence', () => {
  it('says after three failed polls which host is not seen, since when and why', () => {
    expect(decide(failed(noon - 2 * minute))).toEqual({
      id: 'silence-1',
      version: 0,
      hostId: aHostState().host.id,
      hostName: 'bastion-prod',
      since: noon - 2 * minute,
      readAt: noon,
      sessions: 1,
      failure: busy,
      tellsFrom: noon + companyMs,
      state: { is: 'no-data' },
    });
  });

  it.each([0, 1, 89_999])('waits while the polls have failed for %d ms only', (ms) => {
    expect(decide(failed(noon - ms))).toBeUndefined();
  });

  it('decides nothing beside one that cannot be read', () => {
    const { hostState, ...silent } = failed(noon - 9 * minute);
    expect(decide({ ...silent, hostState: { ...hostState, silenceId: 'silence-9' } })).toBeUndefined();
  });

  it('says it once, and again where the reason is another one', () => {
    const current = raised();
    expect(decide(failed(noon - 9 * minute), current)).toBeUndefined();
    const hostState = aHostState({ failing: { since: noon, failure: { kind: 'unreachable' } } });
    expect(decide({ ...failed(noon), hostState }, current)).toEqual({
      ...current,
      failure: { kind: 'unreachable' },
    });
  });

  const because = (failure: AzureFailure, overrides: Partial<HostState> = {}): Snapshot => ({
    verdict: 'failed',
    hostState: aHostState({ failing: { since: noon - hour, failure }, ...overrides }),
    sightings: [],
  });

  it('says nothing where it is the nature of the host, and is over where it turns out to be', () => {
    const unsupported = because({ kind: 'unsupported', code: 'DeveloperSku' });
    expect(decide(unsupported)).toBeUndefined();
    expect(decide(unsupported, raised())).toMatchObject({
      failure: { kind: 'unsupported' },
      state: { is: 'unsupported', at: noon },
    });
  });

  it('names what Azure says of the host, and follows it', () => {
    const host = aHost({ provisioningState: 'Updating' });
    const updating = decide(because(busy, { host }));
    expect(updating).toMatchObject({ state: { is: 'no-data' }, provisioningState: 'Updating' });
    expect(decide(because(busy, { host }), updating)).toBeUndefined();
    expect(decide(because(busy), updating)).not.toHaveProperty('provisioningState');
  });

  it('is over with a host that the settings leave out', () => {
    const leftOut = { verdict: 'no-longer-polled', hostState: aHostState(), sightings: [] } as const;
    expect(decide(leftOut, raised())).toMatchObject({ state: { is: 'no-longer-polled', at: noon } });
    expect(decide(leftOut)).toBeUndefined();
  });

  it('is over with the next good reading, and only with that', () => {
    const current = raised();
    expect(decide(good, current)).toEqual({
      ...current,
      state: { is: 'data-again', readAt: noon + 5 * minute },
    });
    expect(decide({ ...good, verdict: 'doubtful' }, current)).toBeUndefined();
    expect(decide(good)).toBeUndefined();
  });

  it('is over with the host', () => {
    const current = raised();
    const gone = { ...failed(noon), verdict: 'host-gone' } as const;
    expect(decide(gone, current)).toEqual({ ...current, state: { is: 'host-gone', at: noon } });
    expect(decide(gone)).toBeUndefined();
  });

  it('never comes back once it is over, whatever the clock does', () => {
    const over = { ...raised(), state: { is: 'data-again', readAt: noon } } as const;
    fc.assert(
      fc.property(fc.integer({ min: -9 * minute, max: 9 * minute }), fc.boolean(), (ms, isGood) => {
        const next = decide(isGood ? good : failed(noon), over, noon + ms);
        expect(next === undefined || (isSilent(next) && next.version === 0)).toBe(true);
      }),
      runs(100),
    );
  });
});
