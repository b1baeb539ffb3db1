import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Candidate, Origin } from '../../src/domain/sessions/origin.ts';
import { originLine, originWithin } from '../../src/wording/origin.ts';
import { dana, exactly, fay, likely, oneOf } from '../support/origins.ts';
import { runs } from '../support/runs.ts';
import { origin as anyOrigin } from '../slack/kit/arbitrary-facts.ts';

const room = { name: 80, candidates: 5 };
const line = (origin: Origin, clientAddress?: string) =>
  originLine({ origin, ...(clientAddress !== undefined && { clientAddress }) }, room);
const named = (count: number): readonly Candidate[] =>
  Array.from({ length: count }, (_, index) => ({
    entraUser: `user-${index}@corp.example`,
    clientAddress: `203.0.113.${index}`,
  }));

describe('who is behind a session, in a line', () => {
  it.each<[string, Origin, string]>([
    ['exact', exactly(fay), 'from 203.0.113.7\u00A0· Entra user fay@corp.example'],
    ['likely', likely(fay), 'likely from 203.0.113.7\u00A0· likely Entra user fay@corp.example'],
    [
      'so far',
      likely(fay, true),
      'likely from 203.0.113.7\u00A0· likely Entra user fay@corp.example (so far)',
    ],
    ['no address', exactly({ entraUser: 'fay@corp.example' }), 'Entra user fay@corp.example'],
    ['no user', likely({ clientAddress: '2001:db8::7' }), 'likely from 2001:db8::7'],
    ['neither', exactly({ tunnelId: 'tunnel-1' }), 'somebody the log does not name'],
    ['neither, likely', likely({}), 'likely somebody the log does not name'],
    [
      'one of two',
      oneOf(fay, dana),
      'Entra user one of: fay@corp.example from 203.0.113.7, dana@corp.example from 198.51.100.4',
    ],
    [
      'one of two so far',
      { ...oneOf(fay, { ...dana, clientAddress: '203.0.113.7' }), isSoFar: true },
      'Entra user one of: fay@corp.example, dana@corp.example, all from 203.0.113.7 (so far)',
    ],
    [
      'a user from several places',
      oneOf(fay, dana, { ...fay, entraUser: 'Fay@corp.example', clientAddress: '203.0.113.8' }),
      'Entra user one of: fay@corp.example from 203.0.113.7 or 203.0.113.8, dana@corp.example from 198.51.100.4',
    ],
    [
      'the same user in all',
      oneOf(fay, { ...fay, tunnelId: 'tunnel-2' }, { ...fay, clientAddress: '203.0.113.8' }),
      'one of 3 connections of Entra user fay@corp.example from one of: 203.0.113.7, 203.0.113.8',
    ],
    [
      'the same in all',
      oneOf(fay, { ...fay, tunnelId: 'tunnel-2' }),
      'one of 2 connections of Entra user fay@corp.example from 203.0.113.7',
    ],
    [
      'somebody',
      oneOf(fay, { clientAddress: '203.0.113.8' }, {}),
      'Entra user one of: fay@corp.example from 203.0.113.7, somebody from 203.0.113.8 or one the log does not tell',
    ],
    [
      'somebody else',
      oneOf(fay, {}),
      'Entra user one of: fay@corp.example from 203.0.113.7, somebody the log does not name',
    ],
    [
      'addresses alone',
      oneOf({ clientAddress: '203.0.113.7' }, { clientAddress: '203.0.113.8' }),
      'from one of: 203.0.113.7, 203.0.113.8',
    ],
    [
      'an address of one of them alone',
      oneOf(fay, { entraUser: 'fay@corp.example' }),
      'one of 2 connections of Entra user fay@corp.example from one of: 203.0.113.7, one the log does not tell',
    ],
    ['nothing of any', oneOf({}, { userAgent: 'x' }), 'somebody the log does not name'],
    [
      'too many',
      oneOf(...named(7)),
      `Entra user one of: ${[0, 1, 2, 3, 4].map((n) => `user-${n}@corp.example from 203.0.113.${n}`).join(', ')} and 2 more`,
    ],
  ])('says how it is known: %s', (_, origin, words) => {
    expect(line(origin)).toBe(words);
  });

  it('says nothing where nothing is known', () => {
    expect(originLine({}, room)).toBeUndefined();
    expect(line(oneOf())).toBeUndefined();
  });

  it("takes the address of Azure's own list for exact, whatever the log makes likely", () => {
    expect(originLine({ clientAddress: '203.0.113.7' }, room)).toBe('from 203.0.113.7');
    expect(line(likely(fay), '203.0.113.9')).toBe(
      'from 203.0.113.9\u00A0· likely Entra user fay@corp.example',
    );
    expect(line(likely({}, true), '203.0.113.9')).toBe('from 203.0.113.9');
    expect(line(oneOf(fay, dana), '203.0.113.7')).toBe(
      'from 203.0.113.7\u00A0· Entra user one of: fay@corp.example from 203.0.113.7, dana@corp.example from 198.51.100.4',
    );
  });

  it('counts in the smallest room, and keeps addresses whole in it', () => {
    const small = { name: 12, candidates: 0 };
    expect(originLine({ origin: oneOf(...named(7)) }, small)).toBe('Entra user one of 7');
    expect(originLine({ origin: exactly({ ...fay, clientAddress: '203.0.113.107' }) }, small)).toBe(
      'from 203.0.113.107\u00A0· Entra user fay@corp.ex…',
    );
  });

  it('is as short as it has to be, and never cut', () => {
    const known = { origin: exactly(fay) };
    expect(originWithin(known, 46)).toBe('from 203.0.113.7\u00A0· Entra user fay@corp.example');
    expect(originWithin(known, 45)).toBe('Entra user fay@corp.example');
    expect(originWithin(known, 26)).toBe('from 203.0.113.7');
    expect(originWithin(known, 15)).toBeUndefined();
    expect(originWithin({ origin: likely(fay, true) }, 50)).toBe(
      'likely Entra user fay@corp.example (so far)',
    );
    expect(originWithin({ origin: oneOf(fay, dana) }, 88)).toBe('one of fay@corp.example, dana@corp.example');
    expect(originWithin({ origin: oneOf(fay, dana) }, 40)).toBe('Entra user one of 2');
    expect(originWithin({ origin: oneOf(fay, dana) }, 18)).toBeUndefined();
    expect(originWithin({}, 75)).toBeUndefined();
  });

  const marks = { exact: /(?:)/, likely: /^(?:$|likely )/, 'one-of': /^(?:$|somebody)|\bone of\b/ };

  it('names nobody for certain unless it is exact, and is never longer than its room', () => {
    fc.assert(
      fc.property(
        anyOrigin,
        fc.integer({ min: 12, max: 80 }),
        fc.nat({ max: 10 }),
        (origin, name, candidates) => {
          const said = originLine({ origin }, { name, candidates }) ?? '';
          expect(said.length).toBeLessThanOrEqual(
            90 + Math.max(1, candidates) * (2 * Math.max(16, name) + 10),
          );
          expect(said).toMatch(marks[origin.known]);
        },
      ),
      runs(500),
    );
  });
});
