const dayMs = 86_400_000;
const longestMs = 10_000 * dayMs;
const units = [
  { letter: 'w', ms: 7 * dayMs },
  { letter: 'd', ms: dayMs },
  { letter: 'h', ms: 3_600_000 },
  { letter: 'm', ms: 60_000 },
  { letter: 's', ms: 1000 },
] as const;
const amount = /(\d{1,9}(?:\.\d+)?)(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)/giy;

export function durationOf(text: string): number | undefined {
  const written = text.replaceAll(/[\s>]+/g, '');
  const amounts = [...written.matchAll(amount)];
  const readLength = amounts.reduce((sum, [whole]) => sum + whole.length, 0);
  const ms = amounts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs(unit), 0);
  if (written === '' || readLength < written.length || ms > longestMs) return undefined;
  return Math.round(ms / 1000) * 1000;
}

function unitMs(name = ''): number {
  return units.find(({ letter }) => letter === name[0]?.toLowerCase())?.ms ?? 0;
}

export function durationText(ms: number): string {
  let rest = ms;
  const written = units.flatMap(({ letter, ms: unitMs }) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return count > 0 ? [`${count}${letter}`] : [];
  });
  return written.join('') || '0s';
}
