const run = /[\w+/~=.-]+/g;
const token = /\b(?:x(?:ox[a-z]|app)-|eyJ[\w-]{10})/i;
/** Keys are as long and hold digits; GUIDs do too. */
const keyLength = 32;
const guidBegins = /^[\da-f]{8}-[\da-f]{4}-/i;
const longestLine = 600;

/** No character that steers a terminal, nothing that may be a secret, and no longer than one reads. */
export function harmless(line: string): string {
  const known = line.slice(0, 4 * longestLine).replace(run, withoutSecret);
  const shown = visible(known);
  return shown.length > longestLine ? `${shown.slice(0, longestLine)}…` : shown;
}

function withoutSecret(text: string): string {
  const begins = text.search(token);
  if (begins >= 0) return `${text.slice(0, begins + 4)}…`;
  const isKey = text.length >= keyLength && /\d/.test(text.slice(0, 2 * keyLength)) && !guidBegins.test(text);
  return isKey ? `${text.slice(0, 4)}…` : text;
}

/** Spells out every character that steers a terminal or hides its neighbours. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') return String(value);
  return JSON.stringify(beginning(value, 3)).slice(0, 80);
}

function beginning(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, 100);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => beginning(item, depth - 1));
  const fields = Object.entries(value).slice(0, 20);
  return Object.fromEntries(
    fields.map(([name, field]: [string, unknown]) => [name.slice(0, 100), beginning(field, depth - 1)]),
  );
}
