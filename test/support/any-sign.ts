import * as fc from 'fast-check';

const [firstHalf, lastHalf] = [0xd800, 0xdfff];
const halves = lastHalf - firstHalf + 1;

/** Any code point but half of one. `binary`, as fast-check names these, lists all of them first, which takes a second. */
export const anySign: fc.Arbitrary<string> = fc.integer({ min: 0, max: 0x10_ffff - halves }).map(
  (nth) => String.fromCodePoint(nth < firstHalf ? nth : nth + halves),
  (sign) => {
    const code = typeof sign === 'string' ? (sign.codePointAt(0) ?? firstHalf) : firstHalf;
    const isWhole = code < firstHalf || code > lastHalf;
    if (!isWhole || String.fromCodePoint(code) !== sign) throw new Error('not one sign');
    return code < firstHalf ? code : code - halves;
  },
);
