import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions, rowsPerPage } from '../../../src/domain/sessions/list.ts';
import { sessionListView } from '../../../src/slack/sessions/list.ts';
import { oneOf } from '../../support/origins.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aHost, aHostState, aPolicy, aSession, aTrackedSession, hour, noon } from '../../support/build.ts';
import { read, withDates } from '../kit/read.ts';
import { first, prod, unread, view } from './listed.ts';

describe('the longest list there can be', () => {
  const failure = (what: string) => ({
    since: noon,
    failure: { kind: 'not-understood', what, reference: what } as const,
  });
  const hostsNamed = (name: string, sessionsEach: number, failing: boolean): readonly HostState[] =>
    Array.from({ length: 100 }, (_, index) =>
      aHostState({
        host: aHost({ id: `host-${index}`, name }),
        readAt: noon - 20 * 24 * hour,
        ...(failing && { failing: failure(name) }),
        trackedSessions: Array.from({ length: sessionsEach }, (_, session) =>
          aTrackedSession({
            ref: `0123456789abcdef-${index}-${session}`,
            session: aSession({
              hostId: `host-${index}`,
              startedAt: noon - 19 * 24 * hour,
              startedAtFrom: 'reading',
              vm: { name },
              vmLogin: name,
              protocol: name,
              clientAddress: name,
              origin: oneOf(
                ...Array.from({ length: 5 }, (_, one) => ({
                  entraUser: `${one}${name}`,
                  clientAddress: `${one}${name}`,
                })),
              ),
            }),
          }),
        ),
      }),
    );

  it.each([
    ['the longest names of Azure', 'm'.repeat(80), true, ''],
    ['names that double in JSON', '"'.repeat(2000), true, ''],
    ['names of emoji', '👩‍🚒'.repeat(640), true, ''],
    ['names that double in JSON, all read', '"'.repeat(2000), false, ''],
    ['a long filter', 'm'.repeat(80), true, `${'m*'.repeat(70)} ${'hots:prod '.repeat(50)}`],
    ['a filter that doubles in JSON', '\\'.repeat(2000), true, `${'\\'.repeat(138)} group:host`],
  ])('is taken by Slack: 5,000 sessions, %s', (_, name, failing, typed) => {
    const problems = Array.from({ length: 100 }, () => ({ scope: name, failure: failure(name).failure }));
    const { filter, mistakes } = parseFilter(typed);
    for (const sessionsEach of [50, 1]) {
      const states = hostsNamed(name, sessionsEach, failing);
      const list = listSessions(
        { states, discovery: { problems } },
        { filter, page: 7 },
        { policy: aPolicy(), now: noon },
      );
      const { text, blocks } = sessionListView(list, { offer: 'request', mistakes });

      expect(validateBlocks(blocks, 'message')).toEqual([]);
      expect(JSON.stringify(blocks).match(/"Details"/g)).toHaveLength(rowsPerPage);
      expect(withDates(text)).toMatch(new RegExp(`^${100 * sessionsEach} sessions on 100 hosts`));
    }
  });

  it('counts who may be behind a session where it cannot name them', () => {
    const names = Array.from({ length: 5 }, (_, one) => ({
      entraUser: `${one}${'"'.repeat(320)}`,
      clientAddress: `${one}${'"'.repeat(45)}`,
    }));
    const trackedSessions = Array.from({ length: rowsPerPage }, (_, index) =>
      aTrackedSession({
        ref: `ref-${index}`,
        session: aSession({ sessionId: `${index}`, startedAt: noon - index * hour, origin: oneOf(...names) }),
      }),
    );
    const { blocks } = view([{ ...prod, trackedSessions }]);
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(read({ blocks }).match(/ · Entra user one of 5\n/g)).toHaveLength(rowsPerPage);
  });

  it('says how much it left out', () => {
    const { blocks } = sessionListView(
      listSessions({ states: hostsNamed('m'.repeat(80), 50, true), discovery: { problems: [] } }, first, {
        policy: aPolicy(),
        now: noon,
      }),
      { offer: 'request' },
    );

    expect(read({ blocks })).toMatch(/and \d+ hosts more not read/);
  });

  it('names everything while there is room', () => {
    const { blocks } = view(Array.from({ length: 12 }, (_, index) => unread(`bastion-${index}`)));

    expect(read({ blocks })).toContain('bastion-11');
  });
});
