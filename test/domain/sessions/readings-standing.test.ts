import { describe, expect, it } from '@jest/globals';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import { readingsStanding } from '../../../src/domain/sessions/readings-standing.ts';
import { readingsDetail } from '../../../src/wording/readings-standing.ts';
import { aHost, aHostState, hour, minute, noon } from '../../support/build.ts';

const host = (name: string) => aHost({ name });
const now = noon + 2 * minute;
const standing = (...states: Parameters<typeof readingsStanding>[0]) => readingsStanding(states, minute, now);
const failing = { since: noon, failure: { kind: 'timed-out' } } as const;
const unsupported = { since: noon, failure: { kind: 'unsupported', code: 'DeveloperSku' } } as const;

describe('how old what is known is', () => {
  it('is the age of the oldest good reading', () => {
    const fresh = aHostState({ host: host('a'), readAt: now });
    const older = aHostState({ host: host('b'), readAt: noon + minute });
    expect(standing(fresh, older)).toEqual({ hosts: 2, oldest: { name: 'b', ageMs: minute }, unread: [] });
    expect(readingsDetail(standing(fresh, older))).toBe('the oldest is of 1 min ago (b)');
  });

  it('names every host that is not read: failing, too old, or never', () => {
    const found = standing(
      aHostState({ host: host('c'), failing }),
      aHostState({ host: host('b'), readAt: noon - 2 * minute }),
      unreadHostState(host('a')),
      aHostState({ host: host('d'), readAt: now }),
    );
    expect(found.unread).toEqual(['a', 'b', 'c']);
    expect(readingsDetail(found)).toBe('the oldest is of 4 min ago (b); 3 of 4 hosts not read: a, b, c');
  });

  it('leaves out what Azure lists nothing of by its nature', () => {
    const shared = aHostState({ host: host('shared'), readAt: noon - hour, failing: unsupported });
    expect(standing(shared)).toEqual({ hosts: 1, unread: [] });
  });

  it('says so where nothing is known, and cuts what is too long', () => {
    expect(readingsDetail(standing())).toBe('no host is known yet');
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => unreadHostState(host(name)));
    expect(readingsDetail(standing(...many))).toBe(
      'none yet; 7 of 7 hosts not read: a, b, c, d, e and 2 more',
    );
  });
});
