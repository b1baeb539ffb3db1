import { describe, expect, it } from '@jest/globals';
import type { HistoryFrame } from '../../../src/domain/history/list.ts';
import { listHistory } from '../../../src/domain/history/list.ts';
import type { PastSession } from '../../../src/domain/history/past-session.ts';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import { historyView } from '../../../src/slack/history/list.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aPast, aSession, hour, minute, noon } from '../../support/build.ts';
import { dana, exactly, fay, oneOf } from '../../support/origins.ts';
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
      `3 sessions ended since 2026-11-21 12:00 UTC
1 by themselves, 1 by the bot, 1 lost sight of; the longest lasted 9 h
---
(chart: Ended sessions)
---
Ended, by day: 23 Nov: 1; 22 Nov: 2 (1 by the bot, 1 lost sight of)
---
azureuser on vm-web-1 for about 0 s, until 2026-11-23 11:00 UTC, ended by itself
SSH through bastion-prod
---
dba on vm-db-1 for about 9 h, until 2026-11-22 12:00 UTC, ended by the bot for @U0ASKER
SSH through bastion-prod
---
azureuser on vm-web-1 for at least 0 s, last seen 2026-11-21 12:00 UTC, lost sight of: no answer for a day
SSH through bastion-prod`,
    );
  });

  it('finds and shows who was behind a session, and from where', () => {
    const behind = [exactly(fay), oneOf(fay, dana), exactly(dana)].map((origin, index) =>
      aPast({ ref: `ref-${index}`, session: aSession({ origin }) }),
    );
    const said = read(shown(behind, 'since:1d from:203.0.113.* entra:fay'));
    expect(said).toContain('\n2 of 3 sessions: entra:fay from:203.0.113.*\n');
    expect(said).toContain('SSH through bastion-prod · from 203.0.113.7 · Entra user fay@corp.example\n');
    expect(said).toContain(
      'SSH through bastion-prod · Entra user one of: fay@corp.example from 203.0.113.7, dana',
    );
  });

  it.each(['m'.repeat(400), '"'.repeat(4000), '👩‍🚒'.repeat(4000)])(
    'is taken by Slack, whoever and how many were behind its sessions',
    (name) => {
      const candidates = Array.from({ length: 12 }, (_, index) => ({
        entraUser: `${index}${name}`,
        clientAddress: `${index}${name}`,
      }));
      const session = aSession({ vm: { name }, vmLogin: name, protocol: name, origin: oneOf(...candidates) });
      const host = { name, resourceGroup: name };
      const many = Array.from({ length: 20 }, (_, index) => aPast({ ref: `ref-${index}`, session, host }));
      const { blocks } = shown(many, `${'"'.repeat(200)} ${'hots:x '.repeat(20)}`.trim());
      expect(validateBlocks(blocks, 'message')).toEqual([]);
      expect(validateBlocks(shown(many).blocks, 'message')).toEqual([]);
      expect(read(shown(many)).match(/Entra user one of/g)).toHaveLength(8);
    },
  );

  it('knows no attention that something over would need, and says so', () => {
    expect(read(shown(past, 'sort:attention'))).toContain(
      'Left out: sort:attention. It can be age, host, vm, user.',
    );
  });

  it('says the sum to a phone', () => {
    expect(withDates(shown(past, 'user:dba').text)).toBe(
      '1 session ended since 2026-11-21 12:00 UTC. 1 by the bot; the longest lasted 9 h. 1 of 3 sessions fits the filter.',
    );
  });

  it.each([
    ['host-gone', 'lost sight of: the host is gone'],
    ['unknown-too-long', 'lost sight of: no answer for a day'],
    ['no-longer-polled', 'lost sight of: the host is left out by now'],
  ] as const)('says why a session was lost sight of: %s', (why, words) => {
    expect(read(shown([aPast({ how: { is: 'lost', why } })]))).toContain(words);
  });

  it('says that a session lasted at least so long where Azure did not tell its start', () => {
    const session = aSession({ startedAt: noon - 2 * hour, startedAtFrom: 'reading' });
    expect(read(shown([aPast({ session, closedAt: noon })]))).toContain(
      ' for at least 2 h, until 2026-11-23 12:00 UTC, ended by itself',
    );
  });

  it('draws a bar for every day and every way to end that there was', () => {
    const chart = shown(past, 'vm:vm-web-1').blocks.find(({ type }) => type === 'data_visualization');
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
      'No such session has ended since 2026-11-21 12:00 UTC\n---\nNone of 3 sessions fits host:other',
    );
  });

  it('says what it left out: a part of the filter, and what is too old', () => {
    expect(read(shown(past, 'since:ever', 0, { isCut: true }))).toContain(
      'Older ones were not looked at: there are too many.\n---\nLeft out: since:ever. A length of time is written 30m, 4h or 2d.\n---\n',
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
