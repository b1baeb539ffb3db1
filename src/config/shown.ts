/** Slack's tokens, JSON web tokens, and other runs of letters and digits as long as keys are; GUIDs are none. */
const secretText =
  /\bx(?:ox[a-z]|app)-\S*|\beyJ[\w-]{10,}[\w.-]*|\b(?![0-9a-f]{8}-[0-9a-f]{4}-)(?=[\w+/~=.-]{0,64}\d)[\w+/~=.-]{32,}/gi;
const longestLine = 600;

/** A line for a terminal: no character that steers it, nothing that may be a secret, and no longer than one reads. */
export function harmless(line: string): string {
  const known = line.slice(0, 4 * longestLine).replace(secretText, (secret) => `${secret.slice(0, 4)}…`);
  const shown = visible(known);
  return shown.length > longestLine ? `${shown.slice(0, longestLine)}…` : shown;
}

/** With every character spelled out that steers a terminal or hides its neighbours. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** The beginning of a value, as JSON; whatever its size. */
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
