import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PersonMapping } from '../../../src/domain/policy/policy.ts';
import { loginPattern, readLogin } from '../../../src/domain/sessions/login.ts';
import { fittingIn } from '../../../src/domain/sessions/mappings.ts';
import { mappedTo } from '../../../src/domain/sessions/owner.ts';
import { foreignText } from '../../support/arbitrary.ts';
import { runs } from '../../support/runs.ts';

const spelling = fc
  .record({
    domain: fc.constantFrom('', 'CORP\\', 'other\\', ' AzureAD\\', 'A\\B\\'),
    name: fc.constantFrom('fay', 'FAY', 'fay lee', 'İ', 'ẞ', '@', '', '*', 'f*', '*y', 'svc-*'),
    suffix: fc.constantFrom('', '@corp.example', '@*', '@'),
  })
  .map(({ domain, name, suffix }) => `${domain}${name}${suffix}`);
const text = fc.oneof({ weight: 4, arbitrary: spelling }, foreignText);
const mapping = fc
  .tuple(text, fc.constantFrom('U1', 'U2', ['U1', 'U3']))
  .map(([vmLogin, slack]): PersonMapping => ({ vmLogin, slack }));

describe('the mappings that fit a login', () => {
  it('are those of all that do, in their order', () => {
    fc.assert(
      fc.property(fc.array(mapping, { maxLength: 12 }), text, (people, login) => {
        const read = readLogin(login);
        const fitting = people.filter(({ vmLogin }) => loginPattern(vmLogin).fits(read));
        expect(fittingIn(people)(read)).toEqual(fitting);
      }),
      runs(1000),
    );
  });

  it('say the same of a login however often they are asked', () => {
    fc.assert(
      fc.property(fc.array(mapping), fc.array(text), (people, logins) => {
        const alone = logins.map((vmLogin) => mappedTo({ people: [...people] }, { vmLogin }));
        const together = () => logins.map((vmLogin) => mappedTo({ people }, { vmLogin }));
        expect([together(), together()]).toEqual([alone, alone]);
      }),
      runs(300),
    );
  });
});

describe('a policy that names thousands', () => {
  const count = 3000;

  function counted() {
    const seen = { count: 0 };
    const people = Array.from({ length: count }, (_, index) => ({
      get vmLogin() {
        seen.count += 1;
        return `login-${index}`;
      },
      slack: `U${index}`,
    }));
    return { people, seen };
  }

  it('is not read through for each session', () => {
    const { people, seen } = counted();
    for (let index = 0; index < count; index += 1) {
      const mapped = mappedTo({ people }, { vmLogin: String.raw`CORP\login-${index}` });
      expect(mapped).toEqual({ is: 'one', name: { id: `U${index}` } });
    }
    expect(seen.count).toBeLessThan(10 * count);
  });

  it('is not asked twice about one login, and forgets those of long ago', () => {
    const people = [{ vmLogin: '*', email: '{login}@example.com' }];
    const of = (index: number) => mappedTo({ people }, { vmLogin: `login-${index}` });
    const first = of(0);
    expect(of(0)).toBe(first);
    for (let index = 1; index <= 10_000; index += 1) of(index);
    expect(of(0)).not.toBe(first);
    expect(of(0)).toEqual(first);
  });
});
