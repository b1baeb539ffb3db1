import * as fc from 'fast-check';

const alike: Readonly<Record<string, readonly string[]>> = {
  '-': ['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE58', '\uFE63', '\uFF0D'],
  ' ': ['\u00A0', '\u2002', '\u2009', '\u202F', '\u3000', '\n', '\t'],
  '"': ['\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB', '\u2033', '\uFF02'],
  "'": ['\u2018', '\u2019', '\u201A', '\u2039', '\u203A', '\u2032', '\uFF07'],
  ':': ['\uFF1A', '\uFE55', '\u2236'],
};
const invisible = [
  '\u00AD',
  '\u200B',
  '\u200C',
  '\u200D',
  '\u200E',
  '\u202E',
  '\u2060',
  '\u2066',
  '\uFEFF',
  '\u180E',
  '\u{E0041}',
  '\uFE0F',
];

/** The same text with signs that look like its own, and with what nobody sees between them. */
export function asKeyboardsDo(text: string): fc.Arbitrary<string> {
  const letters = Array.from(text).map((letter) => {
    const isAscii = letter > ' ' && letter <= '~';
    const others = alike[letter] ?? [];
    const wide = isAscii ? [String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)] : [];
    const hidden = invisible.flatMap((one) => [one + letter, letter + one]);
    return fc.constantFrom(letter, letter, letter, ...others, ...wide, ...hidden);
  });
  return fc.tuple(...letters).map((all) => all.join(''));
}
