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
    const posted = withMessage(aCard(), message, { shown: 2, now: noon });
    expect(posted).toEqual(aCard({ message, shown: 2 }));
    expect(withMessage(posted, message, { shown: 0, now: noon })).toBe(posted);
    const twice = withMessage(posted, extra, { shown: 0, now: noon });
    expect(twice).toEqual({ ...posted, extras: [extra] });
    expect(withMessage(twice, extra, { shown: 0, now: noon })).toBe(twice);
    expect(withMessage(twice, { ...extra, message: '3.0' }, { shown: 0, now: noon }).extras).toHaveLength(2);
    expect(withoutExtra(twice, message)).toEqual(twice);
    expect(withoutExtra(twice, extra)).toEqual(posted);
  });

  it('are where the card has moved to, and what it has left', () => {
    const posted = withMessage(aCard(), message, { shown: 2, now: noon });
    const elsewhere = { ...extra, channel: 'C0OTHER' };
    const moved = withMessage(posted, elsewhere, { shown: 3, now: noon });
    expect(moved).toEqual(aCard({ message: elsewhere, shown: 3, left: [{ message, at: noon }] }));
    expect(withMessage(moved, message, { shown: 0, now: noon })).toBe(moved);
    expect(unfinishedAt(moved, noon)).toBe(noon);
    const back = { ...extra, message: '3.0' };
    expect(withMessage(moved, back, { shown: 3, now: noon + 1 })).toEqual({ ...moved, extras: [back] });
    expect(withMessage(moved, back, { shown: 3, now: noon + 600_000 }).message).toEqual(back);
  });

  it('are replies in the newest thread', () => {
    const posted = withMessage(aCard(), { ...message, thread: '0.1' }, { shown: 2, now: noon });
    const elsewhere = { ...extra, thread: '0.2' };
    expect(withMessage(posted, elsewhere, { shown: 2, now: noon })).toEqual(
      aCard({ message: elsewhere, shown: 2, extras: [{ ...message, thread: '0.1' }] }),
    );
  });

  it('keep the card due until all is known and nothing is there twice', () => {
    expect(unfinishedAt(aCard({ message }), noon)).toBeUndefined();
    expect(unfinishedAt(aCard({ posting: { since: noon } }), noon)).toBe(noon + 30_000);
    expect(unfinishedAt(aCard({ message, extras: [extra] }), noon)).toBe(noon);
  });
});
