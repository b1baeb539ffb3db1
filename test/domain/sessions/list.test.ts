import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { HostState, TrackedSession } from '../../../src/domain/sessions/host-state.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions, rowsPerPage } from '../../../src/domain/sessions/list.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
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

const first = { filter: noFilter, page: 0 };
const parsed = (typed: string) => ({ filter: parseFilter(typed).filter, page: 0 });
const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });
const list = (states: readonly HostState[], page = 0, now = noon) =>
  listSessions({ states, discovery: { problems: [] } }, { filter: noFilter, page }, { policy, now });

function withSessions(count: number): HostState {
  const trackedSessions = Array.from({ length: count }, (_, index) =>
    aTrackedSession({
      ref: `ref-${String(index).padStart(3, '0')}`,
      session: aSession({ sessionId: `s-${index}`, startedAt: noon - index * minute }),
    }),
  );
  return aHostState({ trackedSessions });
}

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

describe('a filter', () => {
  const dev = aHost({ name: 'bastion-dev' });
  const states = [
    withSessions(12),
    aHostState({
      host: dev,
      trackedSessions: [
        aTrackedSession({
          ref: 'dev-b',
          session: aSession({ hostId: dev.id, vm: { name: 'b' }, vmLogin: 'zoe' }),
        }),
        aTrackedSession({
          ref: 'dev-a',
          session: aSession({ hostId: dev.id, sessionId: 's-2', vm: { name: 'a' } }),
        }),
      ],
    }),
  ];
  const filtered = (text: string, page = 0) =>
    listSessions(
      { states, discovery: { problems: [] } },
      { filter: parseFilter(text).filter, page },
      { policy, now: noon },
    );
  const refs = (text: string) => filtered(text).rows.map(({ ref }) => ref);

  it('leaves out what does not fit, and still counts it', () => {
    expect(refs('host:dev')).toEqual(['dev-a', 'dev-b']);
    expect(filtered('host:dev')).toMatchObject({ sessions: 14, matching: 2, pages: 1, overLimit: 2 });
  });

  it.each([
    ['host:dev sort:vm', ['dev-a', 'dev-b']],
    ['host:dev sort:user', ['dev-a', 'dev-b']],
    ['host:prod sort:host older:8m', ['ref-011', 'ref-010', 'ref-009', 'ref-008']],
    ['sort:host older:9m', ['dev-a', 'dev-b', 'ref-011', 'ref-010', 'ref-009']],
    ['sort:user older:9m', ['dev-a', 'ref-011', 'ref-010', 'ref-009', 'dev-b']],
    ['group:host older:10m', ['dev-a', 'dev-b', 'ref-011', 'ref-010']],
  ])('orders: %s', (text, expected) => {
    expect(refs(text)).toEqual(expected);
  });

  it('orders one login as one, however it is spelled', () => {
    const spelled = ['zoe', String.raw`CORP\Bob`, 'bob@corp.example', 'alice', 'BOB'];
    const trackedSessions = spelled.map((vmLogin, index) =>
      aTrackedSession({
        ref: vmLogin,
        session: aSession({ sessionId: `s-${index}`, vmLogin, startedAt: noon + index }),
      }),
    );
    const { filter } = parseFilter('sort:user');
    const shown = listSessions(
      { states: [aHostState({ trackedSessions })], discovery: { problems: [] } },
      { filter, page: 0 },
      { policy, now: noon },
    );
    expect(shown.rows.map(({ ref }) => ref)).toEqual([
      'alice',
      String.raw`CORP\Bob`,
      'bob@corp.example',
      'BOB',
      'zoe',
    ]);
  });

  it('counts what it leaves of each host', () => {
    expect(filtered('group:host older:10m').rows.map(({ onHost }) => onHost)).toEqual([2, 2, 2, 2]);
  });

  it('pages through what it leaves', () => {
    expect(filtered('host:prod', 1)).toMatchObject({ page: 1, pages: 2, matching: 12 });
    expect(filtered('host:dev', 1)).toMatchObject({ page: 0, pages: 1 });
  });
});

describe('sessions that were probably left over', () => {
  const at = (sessionId: string, overrides: Partial<Session> = {}) =>
    aTrackedSession({ ref: `ref-${sessionId}`, session: aSession({ sessionId, ...overrides }) });
  const counts = (...trackedSessions: readonly TrackedSession[]) =>
    list([aHostState({ trackedSessions })]).rows.map(({ ref, count }) => [ref, count]);

  it('are one row where login, machine, protocol and start second are the same', () => {
    expect(counts(at('a'), at('b', { startedAt: noon - hour + 999 }), at('c'))).toEqual([['ref-a', 3]]);
    expect(list([aHostState({ trackedSessions: [at('a'), at('b')] })])).toMatchObject({
      sessions: 2,
      matching: 2,
    });
  });

  it.each<[string, Partial<Session>]>([
    ['login', { vmLogin: 'bob' }],
    ['machine', { vm: { name: 'vm-2' } }],
    ['protocol', { protocol: 'rdp' }],
    ['start', { startedAt: noon - hour + 1000 }],
  ])('are not where the %s is another', (_what, overrides) => {
    expect(counts(at('a'), at('b', overrides))).toHaveLength(2);
  });

  it.each(['duration', 'reading'] as const)(
    'are not where the start is only as exact as a %s',
    (startedAtFrom) => {
      expect(counts(at('a', { startedAtFrom }), at('b', { startedAtFrom }))).toHaveLength(2);
    },
  );

  it('are not on two hosts', () => {
    const host = aHost({ name: 'other' });
    const other = aHostState({ host, trackedSessions: [at('b', { hostId: host.id })] });
    expect(list([aHostState({ trackedSessions: [at('a')] }), other]).rows).toHaveLength(2);
  });
});
