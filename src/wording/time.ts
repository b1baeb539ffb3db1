/** A moment as a word, shown in the reader's own zone where that is known, else as `utcText` says. */
export interface Instant {
  readonly is: 'instant';
  readonly at: number;
  /** `ago`: how long ago it was, where the reader's chat keeps that true. `second`: the time of day, for proofs. */
  readonly shown: 'minute' | 'ago' | 'second';
}

export function at(instant: number): Instant {
  return { is: 'instant', at: instant, shown: 'minute' };
}

export function ago(instant: number): Instant {
  return { is: 'instant', at: instant, shown: 'ago' };
}

export function atSecond(instant: number): Instant {
  return { is: 'instant', at: instant, shown: 'second' };
}

export function utcText({ at: instant, shown }: Instant): string {
  const iso = new Date(instant).toISOString();
  const [day, time] = [iso.slice(0, -14), iso.slice(-13, -5)];
  switch (shown) {
    case 'minute':
      return `${day} ${time.slice(0, 5)} UTC`;
    case 'ago':
      return `at ${day} ${time.slice(0, 5)} UTC`;
    case 'second':
      return `${time} UTC`;
  }
}

/** The two largest units, e.g. `9 h 12 min`; what is smaller is dropped. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    { count: Math.floor(seconds / 86_400), unit: 'd' },
    { count: Math.floor(seconds / 3600) % 24, unit: 'h' },
    { count: Math.floor(seconds / 60) % 60, unit: 'min' },
    { count: seconds % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ');
}
