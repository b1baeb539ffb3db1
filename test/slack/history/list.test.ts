import { describe, expect, it } from '@jest/globals';
import type { HistoryFrame } from '../../../src/domain/history/list.ts';
import { listHistory } from '../../../src/domain/history/list.ts';
import type { PastSession } from '../../../src/domain/history/past-session.ts';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import { historyView } from '../../../src/slack/history/list.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aPast, aSession, hour, minute, noon } from '../../support/build.ts';
import { read, withDates } from '../kit/read.ts';

const day = 24 * hour;
const frame: HistoryFrame = { since: noon - 2 * day, isCut: false, timeZone: 'UTC', now: noon };

function shown(past: readonly PastSession[], text = '', page = 0, overrides: Partial<HistoryFrame> = {}) {
  const { mistakes, ...query } = parseHistory(text);
  return historyView(listHistory(past, { ...query, page }, { ...frame, ...overrides }), mistakes);
}

const past = [
  aPast({ ref: 'a', closedAt: noon - hour, seenAt: noon - hour - minute }),
  aPast({
    ref: 'b',
    closedAt: noon - day,
    session: aSession({ startedAt: noon - day - 9 * hour, vm: { name: 'vm-db-1' }, vmLogin: 'dba' }),
    how: { is: 'by-bot', requestId: 'request-1', requester: 'U0ASKER' },
  }),
  aPast({
    ref: 'c',
    closedAt: noon - day,
    seenAt: noon - 2 * day,
    how: { is: 'lost', why: 'unknown-too-long' },
  }),
];

describe('the history', () => {
  it('says in words what the chart shows, and how each session ended', () => {
    expect(read(shown(past))).toBe(
      `3 sessions ended since 2026-11-21 12:00 UTC: 1 by themselves, 1 by the bot, 1 lost sight of; the longest lasted 9 h
---
(chart: Ended sessions)
---
Ended, by day: 23 Nov: 1; 22 Nov: 2 (1 by the bot, 1 lost sight of)
---
azureuser on vm-web-1
SSH through bastion-prod
since 2026-11-23 11:00 UTC
about 0 s
ended by itself
by 2026-11-23 11:00 UTC
---
dba on vm-db-1
SSH through bastion-prod
since 2026-11-22 03:00 UTC
about 9 h
ended by the bot
by 2026-11-22 12:00 UTC, asked for by <@U0ASKER>
---
azureuser on vm-web-1
SSH through bastion-prod
since 2026-11-23 11:00 UTC
at least 0 s
lost sight of, no answer for a day
last seen 2026-11-21 12:00 UTC`,
    );
  });

  it('says the sum to a phone', () => {
    expect(withDates(shown(past, 'user:dba').text)).toBe(
      '1 session ended since 2026-11-21 12:00 UTC: 1 by the bot; the longest lasted 9 h. 1 of 3 sessions: user:dba.',
    );
  });

  it('draws a bar for every day and every way to end that there was', () => {
    const [, chart] = shown(past, 'vm:vm-web-1').blocks;
    expect(chart).toMatchObject({
      type: 'data_visualization',
      chart: {
        series: [
          {
            name: 'By themselves',
            data: [
              { label: '21 Nov', value: 0 },
              { label: '22 Nov', value: 0 },
              { label: '23 Nov', value: 1 },
            ],
          },
          { name: 'Lost sight of', data: [{ value: 0 }, { value: 1 }, { value: 0 }] },
        ],
        axis_config: { categories: ['21 Nov', '22 Nov', '23 Nov'] },
      },
    });
  });

  it('says that there is nothing, and draws nothing', () => {
    expect(read(shown([]))).toBe('No session has ended since 2026-11-21 12:00 UTC');
    expect(read(shown(past, 'host:other'))).toBe(
      'No such session has ended since 2026-11-21 12:00 UTC\nNone of 3 sessions fits host:other',
    );
  });

  it('says what it left out: a part of the filter, and what is too old', () => {
    expect(read(shown(past, 'since:ever', 0, { isCut: true })).split('\n---\n')[0]).toContain(
      'Left out: since:ever. A length of time is written 30m, 4h or 2d.\nOlder ones were not looked at: there are too many.',
    );
  });

  it('turns pages with what was asked for', () => {
    const many = Array.from({ length: 20 }, (_, index) => aPast({ ref: `ref-${index}` }));
    const message = shown(many, 'since:2d bastion', 1);
    expect(read(message)).toContain('Page 2 of 3');
    expect(message.blocks.at(-1)).toMatchObject({
      elements: [{ value: '0 since:2d bastion' }, { value: '2 since:2d bastion' }],
    });
  });

  it('names the days from which bars count, where each is of several days', () => {
    const since = noon - 60 * day;
    const message = shown(past, 'since:60d', 0, { since });
    expect(validateBlocks(message.blocks, 'message')).toEqual([]);
    expect(read(message)).toContain('Ended, by the day from which they count: 23 Nov: 1; 19 Nov: 2 ');
  });
});
