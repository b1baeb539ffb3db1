import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from '../../../src/azure/arm/outcome.ts';
import { keepingLog } from '../../support/log.ts';

describe('what is thrown on the way to an answer', () => {
  it('is a failure of that work alone, whatever it is, and in the log', async () => {
    const { log, lines } = keepingLog();
    const work = async () => Promise.reject(new RangeError('Invalid time value'));
    expect(await outcomeOf({ log, doing: 'discover hosts', scope: 'one' }, 1000, work)).toEqual({
      ok: false,
      failure: { kind: 'not-understood', what: 'the bot stumbled over it: RangeError' },
    });
    expect(lines).toMatchObject([
      { event: 'stumbled over what Azure answered', fields: { doing: 'discover hosts', scope: 'one' } },
    ]);
  });
});
