import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cardsOfRequest, changedCardsOfRequest } from '../../../src/domain/cards/of-subject.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { asAsked, isUnasked, noteAsking } from '../../../src/domain/requests/unasked.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const now = noon + minute;
const refusal = { code: 'is_archived', since: noon };
const refused = { isPosted: false, refusal };
const posted = { isPosted: true };
const unasked = aRequest({ unasked: refusal });
const late = aRequest({ unasked: { ...refusal, until: now } });

describe('whether anybody could be asked', () => {
  it.each([
    ['nobody, since Slack refuses the card', aRequest(), refused, unasked],
    ['somebody after all', unasked, posted, late],
    [
      'nobody, for another reason',
      unasked,
      { isPosted: false, refusal: { code: 'not_in_channel', since: now } },
      aRequest({ unasked: { ...refusal, code: 'not_in_channel' } }),
    ],
    [
      'nobody once more',
      late,
      { isPosted: false, refusal: { ...refusal, since: now } },
      aRequest({ unasked: { ...refusal, since: now } }),
    ],
  ])('is noted: %s', (_, request, card, next) => {
    expect(noteAsking(request, card, now)).toEqual(next);
  });

  it.each<[string, DisconnectRequest, Parameters<typeof noteAsking>[1]]>([
    ['it is noted already', unasked, refused],
    ['the card is there', aRequest(), posted],
    ['the card was there at last', late, posted],
    ['the card has not been tried', aRequest(), { isPosted: false }],
    ['somebody decided', aRequest({ state: { is: 'approved', decidedAt: noon } }), refused],
    ['it is over', { ...unasked, state: { is: 'expired', at: noon } }, posted],
  ])('is no news where %s', (_, request, card) => {
    expect(noteAsking(request, card, now)).toBeUndefined();
  });

  it('is settled by one note, whatever was known before', () => {
    const requests = fc.constantFrom(aRequest(), unasked, late);
    fc.assert(
      fc.property(requests, fc.constantFrom(refused, posted, { isPosted: false }), (request, card) => {
        const next = noteAsking(request, card, now) ?? request;
        expect(noteAsking(next, card, now)).toBeUndefined();
        expect([isUnasked(next), card.isPosted && isUnasked(next)]).toEqual([
          card === refused || (card !== posted && isUnasked(request)),
          false,
        ]);
      }),
      runs(50),
    );
  });
});

describe('the cards of a request that nobody was asked about', () => {
  it('tell its requester, and leave the refused one to its own pace', () => {
    expect(changedCardsOfRequest(unasked)).toEqual([{ card: 'unasked', id: 'request-1' }]);
    expect(changedCardsOfRequest({ ...unasked, batchId: 'batch-1' })).toEqual([
      { card: 'batch-unasked', id: 'batch-1' },
    ]);
    expect(changedCardsOfRequest(late).map(({ card }) => card)).toEqual(['request', 'unasked']);
  });

  it('say how it ended, too', () => {
    const expired = { ...unasked, state: { is: 'expired', at: noon } } as const;
    expect(cardsOfRequest(expired).map(({ card }) => card)).toEqual(['request', 'outcome', 'unasked']);
    expect(cardsOfRequest({ ...expired, batchId: 'batch-1' }).map(({ card }) => card)).toEqual([
      'batch',
      'batch-outcome',
      'batch-unasked',
    ]);
  });

  it('say nothing of it to whoever is asked by reading them', () => {
    expect(asAsked(unasked)).toEqual(aRequest());
  });
});
