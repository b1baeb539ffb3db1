import { describe, expect, it } from '@jest/globals';
import { policyTrouble } from '../../src/app/policy-health.ts';

describe('what /readyz says of the policy', () => {
  it('is nothing while all apply the same one', () => {
    const both = ['a', 'b'].map((replica) => ({ replica, digest: '3f2a' }));
    expect(policyTrouble(both, '3f2a')).toBeUndefined();
  });

  it('is how many apply which, and what that means', () => {
    const inForce = [
      { replica: 'a', digest: '9be1' },
      { replica: 'b', digest: '3f2a' },
      { replica: 'c', digest: '3f2a' },
    ];
    expect(policyTrouble(inForce, '3f2a')).toBe(
      'replicas apply different policies: 2 by 3f2a (this one), 1 by 9be1; what ends a session must be allowed by that of the click and by that of the call',
    );
  });
});
