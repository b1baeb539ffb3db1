import { describe, expect, it } from '@jest/globals';
import type { AccessDenied } from '../../src/domain/people/access.ts';
import { accessDenied } from '../../src/wording/access-denied.ts';
import { plainly } from '../../src/wording/words.ts';

const denied: AccessDenied = { allowed: false, right: 'approve', who: ['S0LEADS'], because: 'not-named' };
const said = (overrides: Partial<AccessDenied>) =>
  accessDenied({ ...denied, ...overrides })
    .map(plainly)
    .join('\n');

describe('why somebody may not', () => {
  it('names a group that is disabled or deleted, and who can do something about it', () => {
    const text = said({ goneGroups: ['S0LEADS'] });
    expect(text).toMatch(/The user group S0LEADS among them is disabled or deleted in Slack/);
    expect(text).toMatch(/Whoever looks after the policy can name another/);
    expect(text).not.toMatch(/[Tt]ry again/);
  });

  it('says that everyone does not mean apps', () => {
    expect(said({ because: 'bot', who: ['everyone'] })).toMatch(/account of an app/);
  });
});
