import { describe, expect, it } from '@jest/globals';
import { stillAsks } from '../../../src/domain/cards/content.ts';
import { urgencyOf } from '../../../src/domain/cards/urgency.ts';
import { aRequest, anAlert, noon } from '../../support/build.ts';

const gone = {
  ...aRequest(),
  state: { is: 'gone', decidedAt: noon, sentAt: noon, calls: 1, checkedAt: noon },
} as const;
const nobody = { is: 'expired', at: noon } as const;

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
    ['a pending request', { card: 'request', request: aRequest(), approval }, true],
    ['a settled request', { card: 'request', request: aRequest({ state: nobody }), approval }, false],
    ['what an owner was told', { card: 'owner-told', request: gone, whomToAsk: [], saysWho: true }, false],
    ['an outcome', { card: 'outcome', request: aRequest({ state: nobody }) }, false],
  ] as const)('of %s', (_what, content, expected) => {
    expect(stillAsks(content)).toBe(expected);
  });
});

describe('urgencyOf', () => {
  it('puts decisions before what gets worse before what is over', () => {
    const alert = { card: 'alert', approval: 'required' } as const;
    expect(urgencyOf({ card: 'request', approval: 'required', request: aRequest() })).toBe('decision');
    expect(urgencyOf({ ...alert, alert: anAlert() })).toBe('worsening');
    expect(urgencyOf({ ...alert, alert: anAlert({ state: { is: 'ended', checkedAt: noon } }) })).toBe(
      'ending',
    );
  });
});
