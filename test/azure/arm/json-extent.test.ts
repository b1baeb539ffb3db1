import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonExtent } from '../../../src/azure/arm/json-extent.ts';
import { runs } from '../../support/runs.ts';

const extentOf = (json: string) => jsonExtent()(Buffer.from(json));
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('the extent of JSON', () => {
  it('is 64 levels and no more', () => {
    expect(extentOf(nested(64))).toBeUndefined();
    expect(extentOf(nested(65))).toBe('more than 64 levels of JSON');
    expect(extentOf(`[${nested(63)},${nested(63)}]`)).toBeUndefined();
    expect(extentOf('{"a":'.repeat(65))).toBe('more than 64 levels of JSON');
  });

  it('is 100,000 values and no more', () => {
    expect(extentOf(`[${'1,'.repeat(99_999)}1]`)).toBeUndefined();
    expect(extentOf(`[${'1,'.repeat(100_000)}1]`)).toBe('more than 100000 values');
    expect(extentOf(`[${'{},'.repeat(60_000)}1]`)).toBe('more than 100000 values');
  });

  it('does not count what stands in a text', () => {
    expect(
      extentOf(JSON.stringify([nested(100), `\\"${nested(100)}`, '\\', `\\\\"${','.repeat(200_000)}`])),
    ).toBeUndefined();
  });

  it('passes everything of usual size, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), fc.nat(), (value, cut) => {
        const bytes = Buffer.from(JSON.stringify(value));
        const extent = jsonExtent();
        const at = cut % (bytes.length + 1);
        expect([extent(bytes.subarray(0, at)), extent(bytes.subarray(at))]).toEqual([undefined, undefined]);
      }),
      runs(200),
    );
  });

  it('is noticed wherever it is cut', () => {
    const bytes = Buffer.from(`{"a \\" [":${nested(64)}}`);
    for (let at = 0; at <= bytes.length; at++) {
      const extent = jsonExtent();
      const passed = extent(bytes.subarray(0, at)) ?? extent(bytes.subarray(at));
      expect(passed).toBe('more than 64 levels of JSON');
    }
  });
});
