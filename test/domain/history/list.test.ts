import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { HistoryFrame } from '../../../src/domain/history/list.ts';
import { listHistory, totalOf } from '../../../src/domain/history/list.ts';
import type { PastSession } from '../../../src/domain/history/past-session.ts';
import { historyText, parseHistory } from '../../../src/domain/history/query-text.ts';
import { periodsOf } from '../../../src/domain/kit/periods.ts';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { aPast, aSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const day = 24 * hour;
const frame: HistoryFrame = { since: noon - 3 * day, isCut: false, timeZone: 'UTC', now: noon };
const all = { filter: noFilter, sinceMs: 3 * day, page: 0 };

function ended(ref: string, daysAgo: number, overrides: Partial<PastSession> = {}): PastSession {
  return aPast({ ref, closedAt: noon - daysAgo * day, ...overrides });
}
const refsOf = ({ rows }: { readonly rows: readonly PastSession[] }) => rows.map(({ ref }) => ref);
const typed = (text: string) => ({ ...parseHistory(text), page: 0 });

describe('the history', () => {
  const byBot = { is: 'by-bot', requestId: 'r', requester: 'U0ASKER' } as const;
  const past = [
    ended('a', 0, { session: aSession({ startedAt: noon - 9 * hour, vmLogin: 'dba' }) }),
    ended('b', 1, {
      how: byBot,
      session: aSession({ startedAt: noon - day - hour, vm: { name: 'vm-db-9' } }),
    }),
    ended('c', 1, { how: { is: 'lost', why: 'host-gone' }, host: { name: 'aaa', resourceGroup: 'rg' } }),
  ];

  it('is told the latest first, with its totals and days', () => {
    const list = listHistory(past, all, frame);
    expect(refsOf(list)).toEqual(['a', 'b', 'c']);
    expect(list).toMatchObject({
      sessions: 3,
      totals: { byItself: 1, byBot: 1, lost: 1 },
      longestMs: 9 * hour,
      periods: [
        { label: '20 Nov', counts: { byItself: 0, byBot: 0, lost: 0 } },
        { label: '21 Nov', counts: { byItself: 0, byBot: 0, lost: 0 } },
        { label: '22 Nov', counts: { byItself: 0, byBot: 1, lost: 1 } },
        { label: '23 Nov', counts: { byItself: 1, byBot: 0, lost: 0 } },
      ],
    });
  });

  it('tells of nothing that was closed before', () => {
    const list = listHistory([...past, ended('old', 4)], all, frame);
    expect(list.sessions).toBe(3);
    expect(list.query).toEqual(all);
    expect(refsOf(listHistory([ended('just', 3)], all, frame))).toEqual(['just']);
  });

  it.each([
    ['', ['new', 'brief', 'long', 'other', 'same']],
    ['sort:age', ['long', 'new', 'brief', 'other', 'same']],
    ['sort:host', ['other', 'new', 'brief', 'long', 'same']],
    ['group:host', ['other', 'new', 'brief', 'long', 'same']],
    ['sort:vm', ['brief', 'new', 'long', 'other', 'same']],
    ['sort:user', ['long', 'new', 'brief', 'other', 'same']],
  ])('is in the order that was asked for: %s', (text, refs) => {
    const lasting = (hours: number, daysAgo: number, more = {}) =>
      aSession({ startedAt: noon - daysAgo * day - hours * hour, ...more });
    const some = [
      ended('same', 2, { session: lasting(1, 2) }),
      ended('other', 2, { session: lasting(1, 2), host: { name: 'bastion-a', resourceGroup: 'rg' } }),
      ended('long', 2, { session: lasting(9, 2, { vmLogin: 'aaa' }) }),
      ended('brief', 1, { session: lasting(1, 1, { vm: { name: 'a-vm' } }) }),
      ended('new', 0, { session: lasting(1, 0) }),
    ];
    expect(refsOf(listHistory(some, typed(text), frame))).toEqual(refs);
    expect(refsOf(listHistory(some.toReversed(), typed(text), frame))).toEqual(refs);
  });

  it.each([
    ['user:dba', ['a']],
    ['vm-db', ['b']],
    ['host:aaa', ['c']],
    ['older:2h', ['a']],
    ['rg', ['a', 'b', 'c']],
    ['nothing-like-this', []],
  ])('leaves what fits %s', (text, refs) => {
    const list = listHistory(past, typed(text), frame);
    expect(refsOf(list)).toEqual(refs);
    expect(totalOf(list.totals)).toBe(refs.length);
    expect(list.sessions).toBe(3);
  });

  it.each([
    ['sort:age', ['a', 'b', 'c']],
    ['sort:vm', ['b', 'a', 'c']],
    ['sort:user', ['b', 'c', 'a']],
    ['group:host', ['c', 'a', 'b']],
  ])('stands in the order of %s', (text, refs) => {
    expect(refsOf(listHistory(past, typed(text), frame))).toEqual(refs);
  });

  it('orders one login as one, however it is spelled', () => {
    const spelled = ['zoe', 'BOB', 'alice', String.raw`CORP\bob`].map((vmLogin, index) =>
      aPast({ ref: vmLogin, session: aSession({ vmLogin }), closedAt: noon - index }),
    );
    const order = ['alice', 'BOB', String.raw`CORP\bob`, 'zoe'];
    expect(refsOf(listHistory(spelled, typed('sort:user'), frame))).toEqual(order);
  });

  it('has each session on one page, and counts none twice', () => {
    const many = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 23 })), { maxLength: 40 });
    fc.assert(
      fc.property(many, (moments) => {
        const some = moments.map(([days, hours], index) =>
          aPast({ ref: `ref-${index}`, closedAt: noon - Math.min(days * day + hours * hour, 3 * day) }),
        );
        const first = listHistory(some, all, frame);
        const pages = Array.from({ length: first.pages }, (_, page) =>
          listHistory(some, { ...all, page }, frame),
        );
        expect(pages.flatMap(refsOf).sort()).toEqual(some.map(({ ref }) => ref).sort());
        const counted = first.periods.reduce((sum, { counts }) => sum + totalOf(counts), 0);
        expect(counted).toBe(some.length);
      }),
      runs(100),
    );
  });
});

describe('the days of a history', () => {
  const at = (iso: string) => Date.parse(iso);

  it.each([
    [
      'the night the clocks go back',
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      '2026-10-26T12:00:00Z',
      ['24 Oct', '25 Oct', '26 Oct'],
    ],
    [
      'a day that has begun there already',
      'Pacific/Auckland',
      '2026-11-22T20:00:00Z',
      '2026-11-23T20:00:00Z',
      ['23 Nov', '24 Nov'],
    ],
    ['a single moment', 'UTC', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z', ['23 Nov']],
  ])('are those of the reader: %s', (_, zone, since, now, labels) => {
    expect(periodsOf(at(since), at(now), zone).map(({ label }) => label)).toEqual(labels);
  });

  it('are taken together where a chart has no room for each, under names of their own', () => {
    const zone = fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Apia');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3650 * 24 * 60 }), zone, (minutes, timeZone) => {
        const since = noon - minutes * minute;
        const periods = periodsOf(since, noon, timeZone);
        expect(periods.length).toBeLessThanOrEqual(20);
        expect(new Set(periods.map(({ label }) => label)).size).toBe(periods.length);
        expect(periods[0]?.from).toBeLessThanOrEqual(since);
        expect(periods.at(-1)?.from).toBeLessThanOrEqual(noon);
      }),
      runs(100),
    );
  });
});

describe('what is typed after history', () => {
  it.each([
    ['', 7 * day, []],
    ['since:30d prod', 30 * day, []],
    ['prod SINCE=2w', 14 * day, []],
    ['since: 12h', 12 * hour, []],
    ['since:ever', 7 * day, [{ is: 'no-duration', typed: 'since:ever' }]],
    ['since:0d', 7 * day, [{ is: 'no-duration', typed: 'since:0d' }]],
    ['since:1d since:2d', day, [{ is: 'given-twice', typed: 'since:2d' }]],
    ['since:1d since:24h', day, []],
  ])('%p', (text, sinceMs, mistakes) => {
    expect(parseHistory(text)).toMatchObject({ sinceMs, mistakes });
  });

  it('keeps the filters of a list', () => {
    expect(parseHistory('prod user:dba since:1d older:4h').filter).toMatchObject({
      words: ['prod'],
      fields: { user: ['dba'] },
      olderThanMs: 4 * hour,
    });
  });

  it('is the same when what a button carries is read again', () => {
    for (const text of [
      'since:3d prod "two words" user:a,b sort:age group:host older:90m',
      '',
      'since:36h',
    ]) {
      const { mistakes: _, ...query } = parseHistory(text);
      expect(parseHistory(historyText(query))).toEqual({ ...query, mistakes: [] });
    }
  });
});
