import { describe, expect, it } from '@jest/globals';
import { policyDigest } from '../../src/config/policy-digest.ts';
import { aPolicy, aRule } from '../support/build.ts';

describe('the digest of a policy', () => {
  const policy = aPolicy({ rules: [aRule({ name: 'one' }), aRule({ name: 'two' })] });

  it('is the same however the fields are ordered', () => {
    const turned = Object.fromEntries(Object.entries(policy).toReversed());
    expect(policyDigest({ ...policy, ...turned })).toBe(policyDigest(policy));
    expect(policyDigest(policy)).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is another one with every change, the order of rules included', () => {
    const others = [
      { ...policy, rules: policy.rules.toReversed() },
      { ...policy, disconnect: { ...policy.disconnect, approval: 'none' as const } },
      { ...policy, access: { ...policy.access, approve: ['U0BOSS'] } },
    ];
    expect(new Set([policy, ...others].map(policyDigest)).size).toBe(4);
  });
});
