import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseStartTime, startOf } from '../../../src/azure/sessions/start-time.ts';

const nineOClock = Date.UTC(2026, 0, 2, 9, 0, 0);

function characters(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(text));
}

describe('a start time', () => {
  it.each<[string, unknown, number]>([
    ['as documented', '2026-01-02T09:00:00Z', nineOClock],
    ['not padded, as in the sample', '2026-1-2T9:00:00.0000Z', nineOClock],
    ['with seven digits', '2026-01-02T09:00:00.1239999Z', nineOClock + 123],
    ['with one digit', '2026-01-02T09:00:00.5Z', nineOClock + 500],
    ['without a zone, meaning UTC', '2026-01-02T09:00:00', nineOClock],
    ['with a blank in the middle', '2026-01-02 09:00:00', nineOClock],
    ['east of Greenwich', '2026-01-02T14:30:00+05:30', nineOClock],
    ['west of Greenwich, without a colon', '2026-01-02T01:00:00-0800', nineOClock],
    ['as a dictionary of its characters', characters('2026-01-02T09:00:00Z'), nineOClock],
  ])('is read %s', (_name, value, at) => {
    expect(parseStartTime(value)).toBe(at);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 1_767_344_400],
    ['words', 'a moment ago'],
    ['a date alone', '2026-01-02'],
    ['a day that does not exist', '2026-02-30T09:00:00Z'],
    ['an hour that does not exist', '2026-01-02T25:00:00Z'],
    ["a moment that says 'never'", '0001-01-01T00:00:00Z'],
    ['a list', ['2026-01-02T09:00:00Z']],
    ['an empty object', {}],
  ])('is not read from %s', (_name, value) => {
    expect(parseStartTime(value)).toBeUndefined();
  });

  it('means the same moment in every zone and form, to the millisecond', () => {
    const moments = fc.integer({ min: Date.UTC(2019, 0, 2), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(moments, fc.integer({ min: -14 * 4, max: 14 * 4 }), (at, quarterHours) => {
        const iso = new Date(at).toISOString();
        const offsetMinutes = Math.abs(quarterHours) * 15;
        const zone = [Math.floor(offsetMinutes / 60), offsetMinutes % 60].map((part) =>
          String(part).padStart(2, '0'),
        );
        const elsewhere = new Date(at + quarterHours * 15 * 60_000).toISOString().slice(0, -1);
        const forms = [
          iso,
          iso.slice(0, -1),
          iso.replace(/-0/g, '-').replace('T0', 'T'),
          `${elsewhere}${quarterHours < 0 ? '-' : '+'}${zone.join(':')}`,
          characters(iso),
        ];
        expect(forms.map(parseStartTime)).toEqual(forms.map(() => at));
      }),
    );
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(['number', 'undefined']).toContain(typeof parseStartTime(value));
      }),
      { examples: [[{ '': { toString: {} } }]] },
    );
  });
});

describe('the start of a session', () => {
  const readAt = nineOClock + 3_600_000;

  it('is the one given, even where the duration disagrees', () => {
    expect(startOf('2026-01-02T09:00:00Z', 5, readAt)).toEqual({
      startedAt: nineOClock,
      startedAtFrom: 'given',
    });
  });

  it.each([
    [60, nineOClock],
    [59.5, nineOClock + 30_000],
    [0, readAt],
  ])('is the reading less %d minutes when none is given', (minutes, startedAt) => {
    expect(startOf('?', minutes, readAt)).toEqual({ startedAt, startedAtFrom: 'duration' });
  });

  it.each([undefined, null, -1, Number.NaN, '60', 1e9, 1e300])(
    'is the reading when the duration is %p',
    (minutes) => {
      expect(startOf(undefined, minutes, readAt)).toEqual({ startedAt: readAt, startedAtFrom: 'reading' });
    },
  );
});
