import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cardName } from '../../../src/domain/cards/kinds.ts';
import type { LookedAt } from '../../../src/domain/cards/looks.ts';
import { dueLooks } from '../../../src/domain/cards/looks.ts';
import { minute } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const alert = (id: string, agoMs?: number): LookedAt => ({ key: { card: 'alert', id }, agoMs });
const request = (id: string, agoMs?: number): LookedAt => ({ key: { card: 'request', id }, agoMs });
const ids = (all: readonly LookedAt[], atMost: number) => dueLooks(all, atMost).map(({ id }) => id);

describe('the cards to look at', () => {
  it('are those that nobody has looked at for longest, and none twice in a minute', () => {
    const all = [alert('a', minute), alert('b', minute - 1), alert('c'), alert('d', 3 * minute)];
    expect(ids(all, 9)).toEqual(['c', 'd', 'a']);
    expect(ids(all, 2)).toEqual(['c', 'd']);
  });

  it('are first those on which somebody decides', () => {
    expect(ids([alert('a'), request('r', minute)], 9)).toEqual(['r', 'a']);
  });

  it('are alerts too, however many wait for a decision', () => {
    const alerts = ['a', 'b', 'c'].map((id) => alert(id, 9 * minute));
    const requests = ['r', 's', 't', 'u'].map((id) => request(id));
    expect(ids([...alerts, ...requests], 4)).toEqual(['r', 's', 'a', 'b']);
    expect(ids([...alerts.slice(0, 1), ...requests], 4)).toEqual(['r', 's', 't', 'a']);
  });

  it('are as many as there may be, each once', () => {
    const some = fc.array(
      fc.record({ isRequest: fc.boolean(), agoMs: fc.option(fc.nat(5 * minute), { nil: undefined }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 40 }), (kinds, atMost) => {
        const all = kinds.map(({ isRequest, agoMs }, index) =>
          isRequest ? request(`${index}`, agoMs) : alert(`${index}`, agoMs),
        );
        const due = all.filter(({ agoMs = Infinity }) => agoMs >= minute);
        const found = dueLooks(all, atMost).map((key) => cardName(key));
        expect(new Set(found).size).toBe(found.length);
        expect(found).toHaveLength(Math.min(atMost, due.length));
      }),
      runs(100),
    );
  });
});
