import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CardKey, CardKind } from '../../../src/domain/cards/kinds.ts';
import {
  cardName,
  cards,
  readCardName,
  readWrittenKey,
  writtenKey,
} from '../../../src/domain/cards/kinds.ts';
import { runs } from '../../support/runs.ts';

const at = 1_764_000_000_000;

/** As version 0.1 stores them, which may run beside this one and reads what this one writes. */
const names: Readonly<Record<CardKind, readonly [CardKey, string]>> = {
  alert: [{ card: 'alert', id: 'a1' }, 'alert:a1:alerts'],
  'alert-steps': [{ card: 'alert-steps', id: 'a1' }, 'alert:a1:steps'],
  'alert-wake': [{ card: 'alert-wake', id: 'a1', at }, 'alert:a1:wake-1764000000000'],
  silence: [{ card: 'silence', id: 'b1' }, 'blindness:b1:alerts'],
  outage: [{ card: 'outage', id: 'o1' }, 'outage:o1:alerts'],
  request: [{ card: 'request', id: 'r1' }, 'request:r1:approvals'],
  outcome: [{ card: 'outcome', id: 'r1' }, 'request:r1:requester'],
  unasked: [{ card: 'unasked', id: 'r1' }, 'request:r1:unasked'],
  'owner-told': [{ card: 'owner-told', id: 'r1' }, 'request:r1:owner'],
  batch: [{ card: 'batch', id: 'b1' }, 'batch:b1:approvals'],
  'batch-outcome': [{ card: 'batch-outcome', id: 'b1' }, 'batch:b1:requester'],
  'batch-unasked': [{ card: 'batch-unasked', id: 'b1' }, 'batch:b1:unasked'],
};

const keys: fc.Arbitrary<CardKey> = fc
  .record({
    card: fc.constantFrom(...Object.values(names).map(([{ card }]) => card)),
    id: fc.stringMatching(/^[\w-]{1,12}$/),
    at: fc.nat(2 ** 42),
  })
  .map(({ card, id, at }) => (card === 'alert-wake' ? { card, id, at } : { card, id }));

describe('the key of a card', () => {
  it.each(Object.values(names))('%j is spelled %s', (key, name) => {
    expect(cardName(key)).toBe(name);
    expect(readCardName(name)).toEqual(key);
    const [subject = '', id = '', role = ''] = name.split(':');
    expect(writtenKey(key)).toEqual({ subject, id, role });
    expect(readWrittenKey({ subject, id, role })).toEqual(key);
    expect(cardName(key, '/')).toBe(name.replaceAll(':', '/'));
  });

  it('is read again as it was written, and no other is written so', () => {
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        expect(readCardName(cardName(one))).toEqual(one);
        expect(cardName(one) === cardName(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      runs(100),
    );
  });

  it.each([
    'alert',
    'alert:a1',
    'alert::alerts',
    'alert:a1:approvals',
    'alert:a1:alerts:more',
    'alert:a1:alerts-1764000000000',
    'alert:a1:wake',
    'alert:a1:wake-',
    'alert:a1:wake-soon',
    'request:r1:reminder',
    'ghost:g1:alerts',
  ])('%s is none of a card', (name) => {
    expect(readCardName(name)).toBeUndefined();
  });

  it('knows every card by subject and role', () => {
    const spelled = Object.values(cards).map(({ subject, role }) => `${subject} ${role}`);
    expect(new Set(spelled).size).toBe(spelled.length);
  });
});
