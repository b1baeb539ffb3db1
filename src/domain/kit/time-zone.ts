import { DateTime, IANAZone } from 'luxon';

/** 09:00 of the next day in this IANA zone, whatever its clocks do that night. */
export function tomorrowMorning(now: number, timeZone: string): number {
  return DateTime.fromMillis(now, { zone: timeZone })
    .plus({ days: 1 })
    .startOf('day')
    .set({ hour: 9 })
    .toMillis();
}

export function knownZone(timeZone: string | undefined): string {
  return timeZone !== undefined && IANAZone.isValidZone(timeZone) ? timeZone : 'UTC';
}
