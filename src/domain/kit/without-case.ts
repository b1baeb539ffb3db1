const ascii = /^\p{ASCII}*$/u;

/** Those that the capital letter alone would put together with the wrong ones, or with none. */
const others: ReadonlyMap<string, string> = new Map([
  ['\u0131', '\u0131'],
  ['\u1FD3', '\u0390'],
  ['\u1FE3', '\u03B0'],
  ['\uFB05', '\uFB06'],
]);

/** Each character for itself, unlike `toLowerCase`, which writes a sigma by its neighbours: so a part is a part still. */
export function withoutCase(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : Array.from(text, small).join('');
}

function small(sign: string): string {
  const known = others.get(sign);
  if (known !== undefined) return known;
  const capital = sign.toUpperCase();
  const lower = (isOne(capital) ? capital : sign).toLowerCase();
  return isOne(lower) ? lower : sign;
}

function isOne(text: string): boolean {
  return Array.from(text).length === 1;
}
