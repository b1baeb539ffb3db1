const quotes = /"/g;

/** A pair of single quotes around a whole part, or a whole value, is quotes; any other is an apostrophe. */
export function withPlainQuotes(text: string): string {
  const signs = text.split('');
  let isInside = false;
  let opened: number | undefined;
  for (const [at, sign] of signs.entries()) {
    if (sign === '"') {
      isInside = !isInside;
      opened = undefined;
    }
    if (sign !== "'" || isInside) continue;
    if (opened === undefined) {
      if (/^[\s:=,]?$/.test(text.charAt(at - 1))) opened = at;
    } else if (/^[\s,]?$/.test(text.charAt(at + 1))) {
      signs[opened] = '"';
      signs[at] = '"';
      opened = undefined;
    }
  }
  return signs.join('');
}

export function unquoted(text: string): string {
  return text.replaceAll(quotes, '').trim();
}

export function quoted(pattern: string): string {
  return /^'|[\s,:=]/.test(pattern) ? `"${pattern}"` : pattern;
}
