import { describe, expect, it } from '@jest/globals';
import { unreadableHostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions, rowsPerPage } from '../../../src/domain/sessions/list.ts';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { askAction } from '../../../src/slack/requests/ask-button.ts';
import { sessionListView } from '../../../src/slack/sessions/list.ts';
import { dana, exactly, fay, likely, oneOf } from '../../support/origins.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { read } from '../kit/read.ts';
import { dev, first, prod, unread, view } from './listed.ts';

describe('the list of sessions', () => {
  it('shows who is where and for how long in two lines, what needs attention first', () => {
    const { text, blocks } = view([prod, dev]);

    expect(text).toBe('2 sessions on 1 host, 1 over the limit.');
    expect(read({ blocks })).toBe(
      `2 sessions on 1 host, 1 over the limit
As of 12:00:00 UTC: bastion-dev read 2 min ago, 1 other host at most 20 s ago
---
alice on vm-web-1 for 9 h 12 min, 1 h 12 min over the limit
RDP through bastion-prod
---
[Request disconnect] [Details]
---
azureuser on vm-web-1 for 4 min
SSH through bastion-prod
---
[Request disconnect] [Details]
---
[Select several] [Refresh]`,
    );
  });

  it.each([
    [[20_000], ', read 20 s ago'],
    [[20_000, 20_400], ', read 20 s ago'],
    [[20_000, 12_000, 0], ', read at most 20 s ago'],
    [[90_000, 20_000, 0], ': bastion-0 read 1 min 30 s ago, 2 other hosts at most 20 s ago'],
  ])('says how old its readings are: of %j ms', (agesMs, words) => {
    const states = agesMs.map((ageMs, index) =>
      aHostState({ host: aHost({ name: `bastion-${index}` }), readAt: noon - ageMs, trackedSessions: [] }),
    );
    expect(read(view(states)).split('\n')[1]).toBe(`As of 12:00:00 UTC${words}`);
  });

  it('names what was not read, why and since when, and marks the sessions it last saw there', () => {
    const failing = { since: noon - hour, failure: { kind: 'unreachable' } as const };
    const { text, blocks } = view([
      { ...prod, trackedSessions: prod.trackedSessions.slice(1), readAt: noon - 61 * minute, failing },
      unread('bastion-new'),
      dev,
    ]);

    expect(text).toBe('1 session on 1 host; 2 of 3 hosts not read.');
    expect(read({ blocks })).toBe(
      `1 session on 1 host; 2 of 3 hosts not read
As of 12:00:00 UTC, read 2 min ago
bastion-prod not read since 2026-11-23 11:00 UTC: Azure could not be reached; last read at 2026-11-23 10:59 UTC
Not read yet: bastion-new
---
azureuser on vm-web-1 for 4 min
SSH through bastion-prod · not confirmed
---
[Request disconnect] [Details]
---
[Refresh]`,
    );
  });

  it.each([
    [
      { is: 'nobody-polls', since: noon - 3 * hour } as const,
      'Nobody has read the hosts by itself since 2026-11-23 09:00 UTC, at 2026-11-23 09:00 UTC: no worker of the bot runs.',
    ],
    [{ is: 'nobody-polls' } as const, 'Nobody reads the hosts: no worker of the bot runs.'],
    [
      { is: 'behind', lagMs: 3 * minute, waiting: 120 } as const,
      'The bot is behind with reading: 3 min behind: 120 hosts wait for their turn.',
    ],
  ])('says first where readings cannot be relied on: %j', (polling, words) => {
    const list = listSessions({ states: [dev], discovery: { problems: [] } }, first, {
      policy: aPolicy(),
      now: noon,
    });
    const { text, blocks } = sessionListView(list, { offer: 'request', polling });
    expect(read({ blocks }).startsWith(words)).toBe(true);
    expect(text.startsWith(words.slice(0, 20))).toBe(true);
  });

  it('names a host that nobody has read for three intervals, with the age of what is shown', () => {
    const old = { ...prod, readAt: noon - 4 * minute };
    const { text, blocks } = view([old, dev]);
    expect(text).toContain('1 of 2 hosts not read');
    expect(read({ blocks })).toContain(
      'bastion-prod not read since 2026-11-23 11:56 UTC, at 2026-11-23 11:56 UTC',
    );
    expect(read({ blocks })).toContain('RDP through bastion-prod · not confirmed\n');
  });

  it('names hosts of which Azure lists nothing after all that is not read, and counts them nowhere', () => {
    const failure = { kind: 'unsupported', code: 'DeveloperSku' } as const;
    const shared = Array.from({ length: 25 }, (_, index) => ({
      ...unread(`bastion-${index}`),
      failing: { since: noon, failure },
    }));
    const silent = {
      ...unread('bastion-prod'),
      failing: { since: noon, failure: { kind: 'timed-out' } as const },
    };
    const { text, blocks } = view([...shared, silent, dev]);
    expect(text).toBe('No sessions on 1 host; 1 host not read.');
    expect(read({ blocks })).toMatch(
      /bastion-prod not read since .*: Azure did not answer in time\nAzure lists no sessions for such hosts: /,
    );
  });

  it('says what Azure says of a silent host, and how old what is shown of it is', () => {
    const failing = { since: noon - hour, failure: { kind: 'timed-out' } as const };
    const updating = aHost({ name: 'bastion-prod', provisioningState: 'Updating' });
    const { blocks } = view([{ ...prod, host: updating, readAt: noon - 61 * minute, failing }]);
    expect(read({ blocks })).toContain(
      'bastion-prod not read since 2026-11-23 11:00 UTC: Azure did not answer in time; Azure says that the host is Updating; last read at 2026-11-23 10:59 UTC',
    );
  });

  it('counts a host whose record cannot be read as not read, and says so', () => {
    const unreadable = unreadableHostState(aHost({ name: 'bastion-new' }), {
      since: noon,
      reference: '0a1b2c3d',
    });
    const { text, blocks } = view([prod, unreadable]);
    expect(text).toBe('2 sessions on 1 host, 1 over the limit; 1 of 2 hosts not read.');
    expect(read({ blocks })).toContain(
      'bastion-new not read since 2026-11-23 12:00 UTC: its record is unreadable (reference 0a1b2c3d)',
    );
  });

  it('names the places that could not be searched for hosts', () => {
    const problems = [
      {
        scope: 'subscription-1',
        failure: { kind: 'forbidden', action: 'Microsoft.Network/bastionHosts/read' } as const,
      },
    ];
    const message = sessionListView(
      listSessions({ states: [dev], discovery: { problems } }, first, { policy: aPolicy(), now: noon }),
      {
        offer: 'request',
      },
    );

    expect(read(message)).toContain(
      'subscription-1 could not be searched for hosts: the bot lacks the right Microsoft.Network/bastionHosts/read',
    );
  });

  it('is no more exact than Azure about a start that Azure did not tell', () => {
    const trackedSessions = [
      aTrackedSession({ ref: 'a', session: aSession({ startedAtFrom: 'duration' }) }),
      aTrackedSession({ ref: 'b', session: aSession({ sessionId: 'session-2', startedAtFrom: 'reading' }) }),
    ];
    const shown = read(view([{ ...prod, trackedSessions }]));

    expect(shown).toContain('azureuser on vm-web-1 for about 1 h\n');
    expect(shown).toContain('azureuser on vm-web-1 for at least 1 h\n');
  });

  it('says that Azure told no login, and shows a client address where there is one', () => {
    const session = aSession({ vmLogin: '', clientAddress: '203.0.113.7' });
    const shown = read(view([{ ...prod, trackedSessions: [aTrackedSession({ session })] }]));

    expect(shown).toContain(
      'vm-web-1 (login not told by Azure) for 1 h\nSSH through bastion-prod · from 203.0.113.7\n',
    );
  });

  it('shows who is behind a session and from where, with how it is known', () => {
    const shown = (origin: Origin) =>
      read(view([{ ...prod, trackedSessions: [aTrackedSession({ session: aSession({ origin }) })] }]));

    expect(shown(exactly(fay))).toContain(
      'azureuser on vm-web-1 for 1 h\nSSH through bastion-prod · from 203.0.113.7 · Entra user fay@corp.example\n',
    );
    expect(shown(likely(fay, true))).toContain(
      'SSH through bastion-prod · likely from 203.0.113.7 · likely Entra user fay@corp.example (so far)\n',
    );
    expect(shown(oneOf(fay, dana))).toContain(
      'SSH through bastion-prod · one of fay@corp.example, dana@corp.example\n',
    );
    expect(shown(exactly(fay))).not.toContain('Mozilla');
  });

  it('shows the whole login, with its domain', () => {
    const session = aSession({ vmLogin: 'AzureAD\\fay@corp.example' });
    expect(read(view([{ ...prod, trackedSessions: [aTrackedSession({ session })] }]))).toContain(
      'AzureAD\\fay@corp.example on vm-web-1',
    );
  });

  it.each([
    ['request', '[Request disconnect] [Details]'],
    ['direct', '[Disconnect] [Details]'],
    ['none', '[Details]'],
  ] as const)('offers below the row what is open to this person: %s', (offer, buttons) => {
    expect(read(view([prod], { offer }))).toContain(
      `RDP through bastion-prod\n---\n${buttons}\n---\nazureuser`,
    );
  });

  it('offers only details of a session that Azure gave no id', () => {
    const shown = read(
      view([{ ...prod, trackedSessions: [aTrackedSession({ session: aSession({ sessionId: '' }) })] }]),
    );

    expect(shown).toContain('SSH through bastion-prod\n---\n[Details]\n');
  });

  it('carries the session in the row, by its ref', () => {
    expect(view([prod]).blocks[2]).toMatchObject({
      elements: [{ value: 'ref-long' }, { value: 'details ref-long' }],
    });
  });

  it('turns pages and refreshes the one it shows', () => {
    const trackedSessions = Array.from({ length: 2 * rowsPerPage + 1 }, (_, index) =>
      aTrackedSession({
        ref: `ref-${index}`,
        session: aSession({ sessionId: `session-${index}`, startedAt: noon - index * minute }),
      }),
    );
    const pages = [0, 1, 2].map((page) => view([{ ...prod, trackedSessions }], { page }));

    expect(pages.map((page) => read(page).split('\n').slice(2, 3))).toEqual([
      ['Over and near the limit first, page 1 of 3'],
      ['Over and near the limit first, page 2 of 3'],
      ['Over and near the limit first, page 3 of 3'],
    ]);
    expect(pages.map((page) => read(page).split('\n').at(-1))).toEqual([
      '[Next page] [Select several] [Refresh]',
      '[Previous page] [Next page] [Select several] [Refresh]',
      '[Previous page] [Select several] [Refresh]',
    ]);
    expect(pages.map(({ blocks }) => JSON.stringify(blocks.at(-1)).match(/"value":"\d+"/g))).toEqual([
      ['"value":"1"', '"value":"0"', '"value":"0"'],
      ['"value":"0"', '"value":"2"', '"value":"0"', '"value":"1"'],
      ['"value":"1"', '"value":"0"', '"value":"2"'],
    ]);
  });

  it('folds what was probably left over into one row, for all of it', () => {
    const alike = ['a', 'b', 'c'].map((id) =>
      aTrackedSession({ ref: id, session: aSession({ sessionId: id }) }),
    );
    const { blocks } = view([{ ...prod, trackedSessions: alike }]);

    expect(read({ blocks })).toContain('3 sessions on 1 host');
    expect(read({ blocks })).toContain(
      'for 1 h\nSSH through bastion-prod · 3 sessions of one tunnel, some may be left over\n---\n[Request disconnect] [Details]',
    );
    expect(blocks[2]).toMatchObject({ elements: [{ action_id: askAction, value: 'a' }, {}] });
  });

  it('shows of what was probably left over the one of which is best known who is behind it', () => {
    const known: readonly (Origin | undefined)[] = [undefined, oneOf(fay, dana), exactly(dana), likely(fay)];
    const alike = known.map((origin, index) =>
      aTrackedSession({
        ref: `ref-${index}`,
        session: aSession({ sessionId: `${index}`, ...(origin && { origin }) }),
      }),
    );
    const buttonsFor = (trackedSessions: typeof alike) => view([{ ...prod, trackedSessions }]).blocks[2];

    expect(read(view([{ ...prod, trackedSessions: alike }]))).toContain(
      ' · from 198.51.100.4 · Entra user dana@corp.example · 4 sessions',
    );
    expect(buttonsFor(alike)).toMatchObject({ elements: [{ value: 'ref-2' }, { value: 'details ref-2' }] });
    expect(buttonsFor(alike.slice(0, 2))).toMatchObject({ elements: [{ value: 'ref-1' }, {}] });
    expect(buttonsFor(alike.filter((_, index) => index !== 2))).toMatchObject({
      elements: [{ value: 'ref-3' }, {}],
    });
  });
});

describe('a list without a session', () => {
  it('says so of hosts that answered', () => {
    expect(view([dev]).text).toBe('No sessions on 1 host.');
  });

  it('says so of no host that did not', () => {
    expect(view([dev, unread('bastion-new')]).text).toBe('No sessions on 1 host; 1 host not read.');
    expect(view([unread('bastion-new')]).text).toBe(
      'Nothing is known of sessions: 1 host, none of them read.',
    );
  });

  it('tells a first search that is not over from one that found nothing, and that from one that could not search', () => {
    const textAfter = (discovery: Parameters<typeof listSessions>[0]['discovery']) =>
      sessionListView(listSessions({ states: [], discovery }, first, { policy: aPolicy(), now: noon }), {
        offer: 'request',
      }).text;
    const problems = [{ scope: 'subscription-1', failure: { kind: 'timed-out' } as const }];

    expect(textAfter(undefined)).toBe('No Bastion host is known yet: the first search is not over.');
    expect(textAfter({ problems: [] })).toBe('No Bastion host was found in what the bot may read.');
    expect(textAfter({ problems })).toBe(
      'No Bastion host is known yet, and the search goes on: Azure did not answer in time.',
    );
  });
});
