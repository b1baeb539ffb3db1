import { describe, expect, it } from '@jest/globals';
import type { Card } from '../../../src/domain/cards/card.ts';
import { withMessage, withoutExtra } from '../../../src/domain/cards/card.ts';
import { unfinishedAt } from '../../../src/domain/cards/delivery.ts';
import { noon } from '../../support/build.ts';

const key = { card: 'alert', id: 'alert-1' } as const;
const message = { channel: 'C0ALERTS', message: '1.0' };
const aCard = (overrides: Partial<Card> = {}): Card => ({ key, version: 1, shown: 0, ...overrides });
const extra = { channel: 'C0ALERTS', message: '2.0' };

describe('the messages of a card', () => {
  it('are the first that is known, and extras', () => {
    const posted = withMessage(aCard(), message, 2);
    expect(posted).toEqual(aCard({ message, shown: 2 }));
    expect(withMessage(posted, message, 0)).toBe(posted);
    const twice = withMessage(posted, extra, 0);
    expect(twice).toEqual({ ...posted, extras: [extra] });
    expect(withMessage(twice, extra, 0)).toBe(twice);
    expect(withMessage(twice, { ...extra, channel: 'C0OTHER' }, 0).extras).toHaveLength(2);
    expect(withoutExtra(twice, message)).toEqual(twice);
    expect(withoutExtra(twice, extra)).toEqual(posted);
  });

  it('keep the card due until all is known and nothing is there twice', () => {
    expect(unfinishedAt(aCard({ message }), noon)).toBeUndefined();
    expect(unfinishedAt(aCard({ posting: { since: noon } }), noon)).toBe(noon + 30_000);
    expect(unfinishedAt(aCard({ message, extras: [extra] }), noon)).toBe(noon);
  });
});
