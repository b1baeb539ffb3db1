import { describe, expect, it } from '@jest/globals';
import { httpDate } from '../../../src/azure/arm/http-date.ts';

describe('a date in a header', () => {
  it('is read as every server writes it', () => {
    expect(httpDate('Mon, 23 Nov 2026 12:00:05 GMT')).toBe(Date.UTC(2026, 10, 23, 12, 0, 5));
  });

  it.each([undefined, '', '5', '2026', 'soon', '2026-11-23T12:00:05Z', 'Tue, 23 Nov 2026 12:00:05 GMT'])(
    'is none: %j',
    (text) => {
      expect(httpDate(text)).toBeUndefined();
    },
  );
});
