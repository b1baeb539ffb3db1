import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Card } from '../../../src/domain/cards/card.ts';
import {
  cardsOfAlert,
  cardsOfRequest,
  decideDelivery,
  stillAsks,
  unfinishedAt,
  urgencyOf,
  withMessage,
  withoutExtra,
} from '../../../src/domain/cards/card.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { aRequest, anAlert, hour, minute, noon } from '../../support/build.ts';

const key = { card: 'alert', id: 'alert-1' } as const;
const message = { channel: 'C0ALERTS', message: '1.0' };
const aCard = (overrides: Partial<Card> = {}): Card => ({ key, version: 1, shown: 0, ...overrides });
const extra = { channel: 'C0ALERTS', message: '2.0' };
const nobody = { is: 'expired', at: noon } as const;

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
    [30_000, { do: 'look', since: noon }],
    [30_001, { do: 'look', since: noon }],
  ])('waits for the answer to a post, %d ms after it', (after, expected) => {
    expect(decideDelivery(aCard({ posting: { since: noon } }), 1, noon + after)).toEqual(expected);
  });

  it('deletes what is there twice, once the kept message shows the state', () => {
    const twice = withMessage(aCard({ message, shown: 1 }), extra, 0);
    expect(decideDelivery(twice, 2, noon)).toEqual({ do: 'update' });
    expect(decideDelivery({ ...twice, shown: 2 }, 2, noon)).toEqual({ do: 'remove', extra });
    expect(decideDelivery(withoutExtra({ ...twice, shown: 2 }, extra), 2, noon)).toEqual({ do: 'nothing' });
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
    );
  });
});

describe('the cards of a subject', () => {
  const approvals = { card: 'request', id: 'request-1' };
  const requester = { card: 'outcome', id: 'request-1' };
  const decided = { by: 'U0BOSS', decidedAt: noon };
  const sent = { ...decided, sentAt: noon, calls: 1 } as const;

  it('is one for an alert', () => {
    expect(cardsOfAlert(anAlert())).toEqual([key]);
  });

  it.each<[RequestState, readonly object[]]>([
    [{ is: 'pending' }, [approvals]],
    [{ is: 'approved', ...decided }, [approvals]],
    [{ is: 'sending', ...sent }, [approvals]],
    [{ is: 'cancelled', by: 'U0ASKER', at: noon }, [approvals]],
    [{ is: 'denied', by: 'U0BOSS', at: noon }, [approvals, requester]],
    [nobody, [approvals, requester]],
    [{ is: 'gone', ...sent, checkedAt: noon }, [approvals, requester]],
    [{ is: 'not-sent', ...decided, at: noon, why: { is: 'switched-off' } }, [approvals, requester]],
  ])('tells the requester how it ended, once: %j', (state, expected) => {
    expect(cardsOfRequest(aRequest({ state }))).toEqual(expected);
  });
});

describe('stillAsks', () => {
  const approval = 'required';
  it.each([
    ['an open alert', { card: 'alert', alert: anAlert(), approval }, true],
    [
      'an unconfirmed alert',
      { card: 'alert', alert: anAlert({ state: { is: 'unconfirmed' } }), approval },
      true,
    ],
    [
      'an ended alert',
      { card: 'alert', alert: anAlert({ state: { is: 'ended', checkedAt: noon } }), approval },
      false,
    ],
    ['a pending request', { card: 'request', request: aRequest() }, true],
    ['a settled request', { card: 'request', request: aRequest({ state: nobody }) }, false],
    ['an outcome', { card: 'outcome', request: aRequest({ state: nobody }) }, false],
  ] as const)('of %s', (_what, content, expected) => {
    expect(stillAsks(content)).toBe(expected);
  });
});

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

describe('urgencyOf', () => {
  it('puts decisions before what gets worse before what is over', () => {
    const alert = { card: 'alert', approval: 'required' } as const;
    expect(urgencyOf({ card: 'request', request: aRequest() })).toBe('decision');
    expect(urgencyOf({ ...alert, alert: anAlert() })).toBe('worsening');
    expect(urgencyOf({ ...alert, alert: anAlert({ state: { is: 'ended', checkedAt: noon } }) })).toBe(
      'ending',
    );
  });
});
