/** `*` stands for any run of characters, everything else for itself; compared without case. */
export function matchesGlob(pattern: string, text: string): boolean {
  return regExpOf(pattern).test(text);
}

const regExps = new Map<string, RegExp>();

function regExpOf(pattern: string): RegExp {
  const known = regExps.get(pattern);
  if (known) return known;
  const source = pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*');
  const regExp = new RegExp(`^${source}$`, 'isu');
  regExps.set(pattern, regExp);
  return regExp;
}
