import { describe, expect, it } from '@jest/globals';
import { knownZone, tomorrowMorning } from '../../../src/domain/kit/time-zone.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (instant: number) => new Date(instant).toISOString();

describe('tomorrow morning', () => {
  it.each([
    ['an ordinary evening', '2026-11-23T20:00:00Z', 'Europe/Berlin', '2026-11-24T08:00:00.000Z'],
    ['just after midnight there', '2026-11-23T23:30:00Z', 'Europe/Berlin', '2026-11-25T08:00:00.000Z'],
    ['the night the clocks go forward', '2026-03-28T20:00:00Z', 'Europe/Berlin', '2026-03-29T07:00:00.000Z'],
    ['the night the clocks go back', '2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T08:00:00.000Z'],
    ['a zone without summer time', '2026-07-01T12:00:00Z', 'Asia/Kolkata', '2026-07-02T03:30:00.000Z'],
    [
      'a day whose midnight does not exist',
      '2026-09-05T12:00:00Z',
      'America/Santiago',
      '2026-09-06T12:00:00.000Z',
    ],
    ['a day ahead of UTC', '2026-11-23T20:00:00Z', 'Pacific/Auckland', '2026-11-24T20:00:00.000Z'],
    ['the end of a year', '2026-12-31T20:00:00Z', 'UTC', '2027-01-01T09:00:00.000Z'],
  ])('is 09:00 there: %s', (_, now, zone, expected) => {
    expect(iso(tomorrowMorning(at(now), zone))).toBe(expected);
  });
});

describe('a time zone', () => {
  it.each([
    ['America/New_York', 'America/New_York'],
    ['Mars/Olympus', 'UTC'],
    [undefined, 'UTC'],
  ])('%s is taken for %s', (given, taken) => {
    expect(knownZone(given)).toBe(taken);
  });
});
