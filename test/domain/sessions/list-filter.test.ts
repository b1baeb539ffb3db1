import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { TrackedSession } from '../../../src/domain/sessions/host-state.ts';
import { listSessions } from '../../../src/domain/sessions/list.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { aHost, aHostState, aSession, aTrackedSession, hour, noon } from '../../support/build.ts';
import { list, policy, withSessions } from './listed.ts';

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
