const minuteMs = 60_000;

/** An instant as a date-and-time field writes it, e.g. `2026-11-23T09:30`, on the clocks of the zone. */
export function zonedText(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(at).replace(' ', 'T');
}

/** The instant at which the clocks of the zone show this. */
export function zonedInstant(text: string, timeZone: string): number {
  const wanted = Date.parse(`${text}Z`);
  const shows = (at: number) => Date.parse(`${zonedText(at, timeZone)}Z`);
  // Once more, because the offset may change between the guess and the instant.
  const guess = wanted - (shows(wanted) - wanted);
  const at = guess - (shows(guess) - wanted);
  return Math.floor(at / minuteMs) * minuteMs;
}
