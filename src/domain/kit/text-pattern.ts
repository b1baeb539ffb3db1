/**
 * Whether a text holds this run of characters or, where the pattern has a `*`, is like it as a whole; compared without
 * case. Never slow, whatever somebody types: unlike a regular expression it does not go back.
 */
export function textPattern(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return (text) => text.toLowerCase().includes(wanted);
  const [start = '', ...rest] = wanted.split('*');
  const end = rest.pop() ?? '';
  return (text) => {
    const whole = text.toLowerCase();
    if (whole.length < start.length + end.length || !whole.startsWith(start) || !whole.endsWith(end)) {
      return false;
    }
    const between = whole.slice(start.length, whole.length - end.length);
    let from = 0;
    for (const part of rest) {
      const found = between.indexOf(part, from);
      if (found === -1) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** The same, where a pattern without a `*` is to be the whole text. */
export function wholePattern(pattern: string): (text: string) => boolean {
  if (pattern.includes('*')) return textPattern(pattern);
  const wanted = pattern.toLowerCase();
  return (text) => text.toLowerCase() === wanted;
}
