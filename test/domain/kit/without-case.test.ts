import { describe, expect, it } from '@jest/globals';
import { grouped } from '../../../src/domain/kit/grouped.ts';
import { withoutCase } from '../../../src/domain/kit/without-case.ts';

/** Every character that has a capital or a small letter. */
const cased = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((sign) => sign.toLowerCase() !== sign || sign.toUpperCase() !== sign);

describe('text without case', () => {
  it('is the same of just those characters that a regular expression takes for one', () => {
    const all = cased.join('');
    const groups = grouped(cased, withoutCase);
    const different = cased.filter((sign) => {
      const alike = all.match(new RegExp(`\\u{${sign.codePointAt(0)?.toString(16)}}`, 'giu'));
      return alike?.join() !== groups.get(withoutCase(sign))?.join();
    });
    expect(different).toEqual([]);
  });

  it('is the same however it is cut', () => {
    const whole = 'ΟΔΥΣΣΕΥΣ İı Straße';
    for (let at = 0; at < whole.length; at += 1) {
      expect(withoutCase(whole.slice(0, at)) + withoutCase(whole.slice(at))).toBe(withoutCase(whole));
    }
  });
});
