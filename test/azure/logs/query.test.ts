import { describe, expect, it } from '@jest/globals';
import { connectionsQuery, timespanOf } from '../../../src/azure/logs/query.ts';
import { hour, minute, noon } from '../../support/build.ts';

describe('the question to the log', () => {
  const periods = [{ from: noon - minute, until: noon + minute }];

  it('asks for what began in the five minutes that a period touches, each once', () => {
    const query = connectionsQuery(['/hosts/a'], [...periods, ...periods]);
    expect(query).toContain(
      'bin(beganAt, 5m) in (datetime(2026-11-23T11:55:00.000Z), datetime(2026-11-23T12:00:00.000Z))',
    );
  });

  it('cannot be ended, or added to, by the name of a host', () => {
    const query = connectionsQuery(['/hosts/a") | take 0 //\n\u2028\\'], periods);
    expect(query).toContain(
      'in ("/hosts/a\\u0022)\\u0020\\u007c\\u0020take\\u00200\\u0020//\\u000a\\u2028\\u005c")',
    );
    expect(query.match(/"\)/g)).toHaveLength(
      connectionsQuery(['/hosts/a'], periods).match(/"\)/g)?.length ?? 0,
    );
  });

  it('looks no further back than the earliest of them, and ahead of clocks that are late', () => {
    expect(timespanOf([...periods, { from: noon - hour, until: noon - hour }], noon)).toBe(
      '2026-11-23T10:55:00.000Z/2026-11-23T13:01:00.000Z',
    );
  });
});
