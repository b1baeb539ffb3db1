import { describe, expect, it } from '@jest/globals';
import { causeOf } from '../../../src/domain/alerts/outage-cause.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';

const here = { subscriptionId: 'SUB-1' };
const there = { subscriptionId: 'sub-2' };

describe('the cause for which hosts are silent', () => {
  it.each<[string, readonly AzureFailure[]]>([
    [
      'a credential that is refused',
      [
        { kind: 'signed-out', because: 'no-token' },
        { kind: 'signed-out', because: 'refused' },
        { kind: 'signed-out', because: 'same-token' },
        { kind: 'signed-out' },
      ],
    ],
    [
      'an Azure that is down',
      [{ kind: 'timed-out' }, { kind: 'unreachable' }, { kind: 'failed', code: 'ServiceUnavailable' }],
    ],
    [
      'a right that is lacking',
      [
        { kind: 'forbidden', action: 'a/read' },
        { kind: 'forbidden', action: 'A/Read', reference: 'r' },
      ],
    ],
  ])('is one for %s, in whatever subscription', (_, failures) => {
    const causes = failures.flatMap((failure) => [causeOf(failure, here), causeOf(failure, there)]);
    expect(new Set(causes).size).toBe(1);
  });

  it('is that of one subscription where Azure wants quiet in it', () => {
    const quiet = { kind: 'throttled', of: 'subscription', retryAt: 1 } as const;
    expect(causeOf(quiet, here)).not.toBe(causeOf(quiet, there));
    expect(causeOf(quiet, here)).toBe(causeOf({ ...quiet, retryAt: 2 }, { subscriptionId: 'sub-1' }));
  });

  it('differs between rights', () => {
    const read = causeOf({ kind: 'forbidden', action: 'read' }, here);
    expect(read).not.toBe(causeOf({ kind: 'forbidden', action: 'write' }, here));
  });
});
