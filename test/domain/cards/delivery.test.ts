import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Card } from '../../../src/domain/cards/card.ts';
import { withMessage, withoutExtra } from '../../../src/domain/cards/card.ts';
import { decideDelivery } from '../../../src/domain/cards/delivery.ts';
import { hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const key = { card: 'alert', id: 'alert-1' } as const;
const message = { channel: 'C0ALERTS', message: '1.0' };
const aCard = (overrides: Partial<Card> = {}): Card => ({ key, version: 1, shown: 0, ...overrides });
const extra = { channel: 'C0ALERTS', message: '2.0' };

describe('decideDelivery', () => {
  it.each([
    ['posts what was never posted', aCard(), { do: 'post' }],
    ['updates what shows an older state', aCard({ message, shown: 1 }), { do: 'update' }],
    ['leaves what shows the state', aCard({ message, shown: 2 }), { do: 'nothing' }],
    ['leaves what shows a newer state', aCard({ message, shown: 3 }), { do: 'nothing' }],
    ['leaves a deleted message that asks for nothing', aCard({ shown: 2 }), { do: 'nothing' }],
    [
      'updates a message that was posted twice',
      aCard({ message, posting: { since: noon } }),
      { do: 'update' },
    ],
  ])('%s', (_what, card, expected) => {
    expect(decideDelivery(card, 2, noon)).toEqual(expected);
  });

  it.each([
    [-hour, { do: 'wait', until: noon + 30_000 }],
    [0, { do: 'wait', until: noon + 30_000 }],
    [29_999, { do: 'wait', until: noon + 30_000 }],
    [30_000, { do: 'look', post: { since: noon } }],
    [30_001, { do: 'look', post: { since: noon } }],
  ])('waits for the answer to a post, %d ms after it', (after, expected) => {
    expect(decideDelivery(aCard({ posting: { since: noon } }), 1, noon + after)).toEqual(expected);
  });

  it('deletes what is there twice, once the kept message shows the state', () => {
    const twice = withMessage(aCard({ message, shown: 1 }), extra, { shown: 0, now: noon });
    expect(decideDelivery(twice, 2, noon)).toEqual({ do: 'update' });
    expect(decideDelivery({ ...twice, shown: 2 }, 2, noon)).toEqual({ do: 'remove', extra });
    expect(decideDelivery(withoutExtra({ ...twice, shown: 2 }, extra), 2, noon)).toEqual({ do: 'nothing' });
  });

  it.each([
    ['is left to who makes it', 2999, { do: 'wait', until: noon + 3000 }],
    ['is not waited for longer', 3000, { do: 'update' }],
    ['of a clock ahead is not waited for', -1, { do: 'update' }],
  ])('an announced edit %s', (_what, after, expected) => {
    const card = aCard({ message, shown: 1, editing: [noon] });
    expect(decideDelivery(card, 2, noon + after)).toEqual(expected);
  });

  it.each([
    [0, { do: 'wait', until: noon + 30_000 }],
    [29_999, { do: 'wait', until: noon + 30_000 }],
    [30_000, { do: 'update' }],
  ])('edits once more when an earlier edit can no longer arrive: %d ms', (after, expected) => {
    const card = aCard({ message, shown: 2, editing: [noon, noon + 20_000] });
    expect(decideDelivery(card, 2, noon + after)).toEqual(expected);
  });

  it('says where it has moved to once no edit can write over that', () => {
    const left = { message: extra, at: noon };
    const card = aCard({ message, shown: 2, left: [left] });
    expect(decideDelivery({ ...card, editing: [noon] }, 2, noon)).toMatchObject({ do: 'wait' });
    expect(decideDelivery(card, 2, noon)).toEqual({ do: 'say-moved', left });
    expect(decideDelivery({ ...card, left: [{ ...left, isTold: true }] }, 2, noon)).toEqual({
      do: 'nothing',
    });
  });

  it('looks again for what was not there, and not for what nobody can look for', () => {
    const card = aCard({ message, shown: 2, lost: [{ since: noon }, { since: noon + 1, lookAt: noon + 9 }] });
    expect(decideDelivery(card, 2, noon + 8)).toEqual({ do: 'wait', until: noon + 9 });
    expect(decideDelivery(card, 2, noon + 9)).toMatchObject({ do: 'look', post: { since: noon + 1 } });
    expect(decideDelivery({ ...card, lost: [{ since: noon }] }, 2, noon + 9)).toEqual({ do: 'nothing' });
  });

  it('removes what stands somewhere by mistake before it posts', () => {
    expect(decideDelivery(aCard({ extras: [extra] }), 2, noon)).toEqual({ do: 'remove', extra });
  });

  it('never posts beside a message that is there, nor while a post is under way', () => {
    const cards = fc.record({
      version: fc.nat(5),
      shown: fc.nat(5),
      message: fc.option(fc.constant(message), { nil: undefined }),
      since: fc.option(fc.integer({ min: noon - minute, max: noon + minute }), { nil: undefined }),
    });
    fc.assert(
      fc.property(cards, fc.nat(5), ({ version, shown, message: posted, since }, subjectVersion) => {
        const card = aCard({
          version,
          shown,
          ...(posted && { message: posted }),
          ...(since !== undefined && { posting: { since } }),
        });
        const { do: what } = decideDelivery(card, subjectVersion, noon);
        const mayPost = !posted && since === undefined;
        expect(what !== 'post' || mayPost).toBe(true);
        expect(what !== 'update' || posted !== undefined).toBe(true);
        expect(what === 'look' || what === 'wait').toBe(
          since !== undefined && (!posted || shown >= subjectVersion),
        );
        expect(what === 'nothing').toBe(shown >= subjectVersion && since === undefined);
      }),
      runs(100),
    );
  });
});
