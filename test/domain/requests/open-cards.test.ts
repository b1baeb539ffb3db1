import { describe, expect, it } from '@jest/globals';
import { cardOwner } from '../../../src/domain/requests/open-cards.ts';

describe('whose a card is', () => {
  it('is the same, under whichever of their ids somebody asked', () => {
    const requesterIds = ['U0ALICE', 'W0ALICE'];
    const owners = requesterIds.map((requester) => cardOwner({ requester, requesterIds }));
    expect(new Set(owners).size).toBe(1);
    const turned = cardOwner({ requester: 'U0ALICE', requesterIds: requesterIds.toReversed() });
    expect(turned).toBe(owners[0]);
    expect(cardOwner({ requester: 'U0BOB' })).toBe('U0BOB');
  });
});
