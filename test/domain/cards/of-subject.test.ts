import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Handling } from '../../../src/domain/alerts/handling.ts';
import { cardsOfAlert, cardsOfRequest, changedCardsOfRequest } from '../../../src/domain/cards/of-subject.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { aRequest, anAlert, hour, noon } from '../../support/build.ts';

const key = { card: 'alert', id: 'alert-1' } as const;
const nobody = { is: 'expired', at: noon } as const;

describe('the cards of a subject', () => {
  const approvals = { card: 'request', id: 'request-1' };
  const requester = { card: 'outcome', id: 'request-1' };
  const owner = { card: 'owner-told', id: 'request-1' };
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
    [{ is: 'gone', ...sent, checkedAt: noon }, [approvals, requester, owner]],
    [{ is: 'not-sent', ...decided, at: noon, why: { is: 'switched-off' } }, [approvals, requester]],
  ])('tells the requester how it ended, once: %j', (state, expected) => {
    expect(cardsOfRequest(aRequest({ state }))).toEqual(expected);
    expect(changedCardsOfRequest(aRequest({ state }))).toEqual(expected);
  });

  it('tells the owner of each session of a batch that it was ended, and of no other', () => {
    const member = (state: RequestState) => cardsOfRequest(aRequest({ batchId: 'b1', state }));
    const batch = [
      { card: 'batch', id: 'b1' },
      { card: 'batch-outcome', id: 'b1' },
    ];
    expect(member({ is: 'gone', ...sent, checkedAt: noon })).toEqual([...batch, owner]);
    expect(member({ is: 'still-there', ...sent, checkedAt: noon })).toEqual(batch);
  });

  it('is left as it is while tries bring nothing new', () => {
    const failure = { kind: 'busy' } as const;
    const waiting = { since: noon, failure, nextTryAt: noon, for: 'call', isSaid: false } as const;
    const changed = (state: RequestState) => changedCardsOfRequest(aRequest({ state }));
    expect(changed({ is: 'approved', ...decided, waiting })).toEqual([approvals]);
    expect(changed({ is: 'sending', ...sent, waiting })).toEqual([]);
    expect(changed({ is: 'approved', ...decided, waiting: { ...waiting, isSaid: true } })).toEqual([]);
    expect(changed({ is: 'sending', ...sent })).toEqual([approvals]);
  });
});

describe('the cards of an alert', () => {
  const woken: Handling = { is: 'woken', by: 'U0ALICE', at: noon, until: noon + hour, reason: 'backup runs' };
  const cards = (overrides: Partial<Alert>) =>
    cardsOfAlert(anAlert(overrides)).map(({ card, at }) => (at === undefined ? card : [card, at]));

  it('are one until somebody does something, then a reply with the steps, and one for each wake', () => {
    const step = { did: 'woken', at: noon } as const;
    expect(cards({})).toEqual(['alert']);
    expect(cards({ steps: [step] })).toEqual(['alert', 'alert-steps']);
    expect(cards({ steps: [step], handling: woken })).toEqual([
      'alert',
      'alert-steps',
      ['alert-wake', noon + hour],
    ]);
  });
});
