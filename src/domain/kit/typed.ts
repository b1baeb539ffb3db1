/** Marks that look like others, as a regular expression of each and what stands for it. */
const lookAlikes: readonly (readonly [marks: RegExp, plain: string])[] = [
  [/[\p{Pd}\u02D7\u2043\u2212]/gu, '-'],
  [/[\u2018-\u201B\u2039\u203A\u2032\u2035\u275B\u275C\u02B9\u02BC]/gu, "'"],
  [/[\u201C-\u201F\u00AB\u00BB\u2033\u2036\u275D\u275E\u301D-\u301F\u02BA]/gu, '"'],
  [/[\u2236\uA789\uFE13\uFE55]/gu, ':'],
];

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Line breaks and other controls are blanks; half a character is none. */
const blank = /[\p{Z}\p{Cc}\p{Cs}]/gu;
const fullWidth = /[\uFF01-\uFF5E]/gu;
const fullWidthDistance = 0xfee0;

const plainAscii = /^[ -~]*$/;

/** As a keyboard without surprises types it: nothing invisible, and plain signs in place of those that look like them. */
export function typed(text: string): string {
  if (plainAscii.test(text)) return text;
  let plain = text
    .normalize('NFC')
    .replaceAll(invisible, '')
    .replaceAll(fullWidth, (sign) => String.fromCodePoint(sign.charCodeAt(0) - fullWidthDistance))
    .replaceAll(blank, ' ');
  for (const [marks, sign] of lookAlikes) plain = plain.replaceAll(marks, sign);
  return plain.normalize('NFC');
}

const simple = /^[!#-,.-~]*(?:[- ][!#-,.-~]+)*$/;

/** To compare texts, whichever of them was typed: a keyboard makes one dash of two, and quotes mean nothing. */
export function comparable(text: string): string {
  if (simple.test(text)) return text.toLowerCase();
  return typed(text)
    .replaceAll('"', '')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .toLowerCase();
}
