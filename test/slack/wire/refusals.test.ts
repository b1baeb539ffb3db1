import { describe, expect, it } from '@jest/globals';
import { refusalCounts } from '../../../src/slack/wire/refusals.ts';
import { eventually } from '../../support/eventually.ts';
import { logLines } from '../../support/log-lines.ts';

describe('what is refused', () => {
  it('is told by and by, all of it and none twice, with nobody asking', async () => {
    const { log, lines } = logLines();
    const refusals = refusalCounts({ log, tellEveryMs: 1 });
    for (let each = 0; each < 5; each++) refusals.count('unsigned');
    refusals.count('too-slow');
    await eventually('all is told', () => lines.length === 2);
    expect(lines.map(({ fields }) => fields)).toEqual([
      { refused: { unsigned: 1 } },
      { refused: { unsigned: 4, 'too-slow': 1 } },
    ]);
  });
});
