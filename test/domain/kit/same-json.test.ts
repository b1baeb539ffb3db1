import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isSameJson } from '../../../src/domain/kit/same-json.ts';

/** Few values, so that two of them are often alike. */
const leaf = fc.constantFrom<unknown>(null, '', 'a', 0, 1, true);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', '__proto__'), tie('json'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
}));

describe('sameness of JSON', () => {
  it('is that of isDeepStrictEqual', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(isSameJson(one, other)).toBe(isDeepStrictEqual(one, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('holds between a value and what is read back of it', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isSameJson(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });
});
