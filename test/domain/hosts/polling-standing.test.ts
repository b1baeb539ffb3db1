import { describe, expect, it } from '@jest/globals';
import type { TurnsStanding } from '../../../src/domain/hosts/polling-standing.ts';
import { pollingStanding } from '../../../src/domain/hosts/polling-standing.ts';
import { hour, minute, noon } from '../../support/build.ts';

const second = 1000;

function standing(overrides: Partial<TurnsStanding>) {
  const fresh = { at: noon, lagMs: 0, waiting: 1, lastTakenAt: noon - second };
  return pollingStanding({ ...fresh, ...overrides }, minute);
}

describe('the standing of the polls', () => {
  it('is on time until somebody waits for longer than an interval', () => {
    expect(standing({ waiting: 0 })).toEqual({ is: 'on-time' });
    expect(standing({ waiting: 3, lagMs: minute })).toEqual({ is: 'on-time' });
    expect(standing({ waiting: 3, lagMs: minute + 1 })).toEqual({
      is: 'behind',
      lagMs: minute + 1,
      waiting: 3,
    });
  });

  it('is that nobody polls once no turn was taken for three intervals', () => {
    const lastTakenAt = noon - 3 * minute;
    expect(standing({ lastTakenAt, lagMs: 2 * minute })).toMatchObject({ is: 'behind' });
    expect(standing({ lastTakenAt: lastTakenAt - 1 })).toEqual({
      is: 'nobody-polls',
      since: lastTakenAt - 1,
    });
  });

  it('is that nobody has polled yet where hosts wait for as long and none was ever taken', () => {
    const never = (lagMs: number) => pollingStanding({ at: noon, lagMs, waiting: 2 }, minute);
    expect(never(3 * minute)).toMatchObject({ is: 'behind' });
    expect(never(3 * minute + 1)).toEqual({ is: 'nobody-polls' });
  });

  it('gives a worker whose every poll hangs the time to say so, at a short interval too', () => {
    const after = (ms: number) =>
      pollingStanding({ at: noon, lagMs: ms, waiting: 9, lastTakenAt: noon - ms }, 5 * second).is;
    expect(after(90 * second)).toBe('behind');
    expect(after(90 * second + 1)).toBe('nobody-polls');
  });

  it('asks for nobody where no host is due, however long ago a turn was taken', () => {
    expect(standing({ waiting: 0, lastTakenAt: noon - 24 * hour })).toEqual({ is: 'on-time' });
  });

  it('goes on where the last turn lies ahead, since the clock was put back', () => {
    expect(standing({ lastTakenAt: noon + hour })).toEqual({ is: 'on-time' });
  });
});
