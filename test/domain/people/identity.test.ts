import { describe, expect, it } from '@jest/globals';
import { nameOfAll } from '../../../src/domain/people/identity.ts';

describe('the one name of a person', () => {
  it('is the same, whichever of their ids comes first', () => {
    expect(nameOfAll(['U0ALICE', 'W0ALICE'])).toBe('U0ALICE');
    expect(nameOfAll(['W0ALICE', 'U0ALICE'])).toBe('U0ALICE');
    expect(nameOfAll(['W0ALICE', 'W0ALICE', 'U0ALICE'])).toBe('U0ALICE');
    expect(nameOfAll(['W0ALICE'])).toBe('W0ALICE');
  });
});
