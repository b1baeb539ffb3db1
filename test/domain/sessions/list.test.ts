import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions, rowsPerPage } from '../../../src/domain/sessions/list.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import { list, policy, withSessions } from './listed.ts';

const first = { filter: noFilter, page: 0 };
const parsed = (typed: string) => ({ filter: parseFilter(typed).filter, page: 0 });

describe('listSessions', () => {
  it('shows the longest first, over all hosts', () => {
    const other = aHost({ name: 'another' });
    const session = aSession({ hostId: other.id, startedAt: noon - 2 * hour });
    const states = [
      aHostState(),
      aHostState({ host: other, trackedSessions: [aTrackedSession({ ref: 'ref-2', session })] }),
    ];
    expect(list(states).rows.map(({ ref, hostName }) => [ref, hostName])).toEqual([
      ['ref-2', 'another'],
      ['ref-1', 'bastion-prod'],
    ]);
  });

  it('puts what is over its limit first, then what is near it, then the rest, each the longest first', () => {
    const rules = [
      aRule({ match: { user: 'batch' }, warnAfterMs: 100 * hour }),
      aRule({ match: {}, warnAfterMs: 10 * hour }),
    ];
    const open = (ref: string, hours: number, vmLogin = 'fay') =>
      aTrackedSession({
        ref,
        session: aSession({ sessionId: ref, vmLogin, startedAt: noon - hours * hour }),
      });
    const trackedSessions = [
      open('young', 1),
      open('near', 8),
      open('long', 79, 'batch'),
      open('over', 10),
      open('nearer', 9),
      open('far over', 11),
    ];
    const ordered = (typed: string) =>
      listSessions(
        { states: [aHostState({ trackedSessions })], discovery: { problems: [] } },
        parsed(typed),
        { policy: aPolicy({ rules }), now: noon },
      ).rows.map(({ ref }) => ref);
    expect(ordered('')).toEqual(['far over', 'over', 'nearer', 'near', 'long', 'young']);
    expect(ordered('sort:attention')).toEqual(ordered(''));
    expect(ordered('sort:age')).toEqual(['long', 'far over', 'over', 'nearer', 'near', 'young']);
    expect(ordered('group:host')).toEqual(ordered(''));
  });

  it('keeps one order where sessions began together', () => {
    const trackedSessions = ['ref-b', 'ref-c', 'ref-a'].map((ref) =>
      aTrackedSession({ ref, session: aSession({ vmLogin: ref }) }),
    );
    expect(list([aHostState({ trackedSessions })]).rows.map(({ ref }) => ref)).toEqual([
      'ref-a',
      'ref-b',
      'ref-c',
    ]);
  });

  it.each([
    [-12 * minute - 1, 'none', 0],
    [-12 * minute, 'near-limit', 0],
    [-1, 'near-limit', 0],
    [0, 'over-limit', 1],
    [1, 'over-limit', 1],
  ])('marks a session %d ms past its limit', (past, attention, over) => {
    const { rows, overLimit } = list([aHostState()], 0, noon + past);
    expect(rows).toMatchObject([{ warnAfterMs: hour, attention, readAt: noon }]);
    expect(overLimit).toBe(over);
  });

  it('shows no limit where no rule matches', () => {
    const { rows } = listSessions({ states: [aHostState()], discovery: { problems: [] } }, first, {
      policy: aPolicy({ rules: [] }),
      now: noon + 9 * hour,
    });
    expect(rows[0]).not.toHaveProperty('warnAfterMs');
    expect(rows[0]?.attention).toBe('none');
  });

  it('counts what is over its limit on every page', () => {
    expect(list([withSessions(90)], 8)).toMatchObject({ sessions: 90, overLimit: 30 });
  });

  it.each([
    ['fails', { failing: { since: noon, failure: { kind: 'timed-out' } } }],
    ['lost all its sessions in a reading that is doubted', { doubtfulSince: noon }],
  ] as const)('marks the sessions of a host that %s', (_what, overrides) => {
    expect(list([aHostState(overrides)]).rows).toMatchObject([{ isStale: true, readAt: noon }]);
  });

  it('names every host, with its last reading and why it fails', () => {
    const failing = { since: noon, failure: { kind: 'timed-out' } } as const;
    const unread = unreadHostState(aHost({ name: 'a-new-one' }));
    expect(list([aHostState({ failing }), unread]).hosts).toEqual([
      { name: 'a-new-one', sessions: 0, isStale: false },
      { name: 'bastion-prod', sessions: 1, readAt: noon, failing, isStale: false },
    ]);
  });

  it('takes a reading for old after three intervals, and names the state of a host that is not as it should be', () => {
    const updating = aHostState({ host: aHost({ provisioningState: 'Updating' }) });
    const after = (ms: number) => list([updating], 0, noon + ms);
    expect(after(3 * minute)).toMatchObject({ rows: [{ isStale: false }], hosts: [{ isStale: false }] });
    expect(after(3 * minute + 1)).toMatchObject({
      rows: [{ isStale: true }],
      hosts: [{ isStale: true, provisioningState: 'Updating' }],
    });
  });

  it('tells no hosts from no discovery, and says what discovery could not see', () => {
    const problems = [{ scope: 'all subscriptions', failure: { kind: 'signed-out' } }] as const;
    expect(listSessions({ states: [], discovery: undefined }, first, { policy, now: noon })).toMatchObject({
      isDiscovered: false,
      problems: [],
    });
    expect(listSessions({ states: [], discovery: { problems } }, first, { policy, now: noon })).toMatchObject(
      {
        isDiscovered: true,
        problems,
      },
    );
  });
});

describe('paging', () => {
  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [20, 2],
    [21, 3],
  ])('%d sessions take %d pages', (sessions, pages) => {
    expect(list([withSessions(sessions)]).pages).toBe(pages);
  });

  it.each([
    [-1, 0],
    [0, 0],
    [1, 1],
    [1.9, 1],
    [2, 2],
    [3, 2],
    [Infinity, 2],
    [-Infinity, 0],
  ])('page %d is page %d of three', (wanted, page) => {
    const { rows, ...rest } = list([withSessions(21)], wanted);
    expect(rest.page).toBe(page);
    expect(rows).toHaveLength(page === 2 ? 1 : rowsPerPage);
  });

  it('shows every session on one page and one only', () => {
    fc.assert(
      fc.property(fc.nat(60), (count) => {
        const states = [withSessions(count)];
        const { pages } = list(states);
        const refs = Array.from({ length: pages }, (_, page) => list(states, page))
          .flatMap(({ rows }) => rows)
          .map(({ ref }) => ref);
        expect(refs).toHaveLength(count);
        expect(new Set(refs).size).toBe(count);
      }),
      runs(100),
    );
  });
});
