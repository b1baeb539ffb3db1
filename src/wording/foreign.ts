/** Long enough for any name Azure allows, with room for a login that carries its domain. */
export const nameLength = 80;

/** Foreign text, for where nothing is parsed: one line, nothing that hides or reorders, at most `limit` UTF-16 units, never empty. */
export function inert(text: string, limit: number): string {
  // Joiners stay: emoji and several scripts are spelled with them.
  const visible = text
    .slice(0, searchedLength + limit)
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '\uFFFD')
    .trim();
  return cut(visible === '' ? '(blank)' : visible, limit);
}

/** What stands so far behind blanks, in UTF-16 units, is not looked for. */
const searchedLength = 4000;

/** Never through a code point: half an emoji is no text. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length >= limit) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
