import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { CardKind } from '../../src/domain/cards/kinds.ts';
import { listHistory } from '../../src/domain/history/list.ts';
import { parseHistory } from '../../src/domain/history/query-text.ts';
import type { DisconnectRequest } from '../../src/domain/requests/request.ts';
import { parseFilter } from '../../src/domain/sessions/filter-text.ts';
import { listSessions } from '../../src/domain/sessions/list.ts';
import type { Session } from '../../src/domain/sessions/session.ts';
import { handlingRefusal } from '../../src/slack/alerts/refusal.ts';
import { cardMessage } from '../../src/slack/cards.ts';
import { historyView } from '../../src/slack/history/list.ts';
import { helpView } from '../../src/slack/kit/help.ts';
import type { Message } from '../../src/slack/kit/message.ts';
import { leftOutNote } from '../../src/slack/requests/left-out.ts';
import { reviewRefusal } from '../../src/slack/requests/refusal.ts';
import { askRefusal } from '../../src/slack/requests/ask-refusal.ts';
import { menuEntries } from '../../src/slack/menu.ts';
import { sessionListView } from '../../src/slack/sessions/list.ts';
import { guessUnknown } from '../../src/slack/unknown-word.ts';
import { aBatch, aHostState, aPast, aPolicy, aTrackedSession, hour, noon } from '../support/build.ts';
import { runs } from '../support/runs.ts';
import * as some from './kit/arbitrary.ts';
import { read, withDates } from './kit/read.ts';

/** What a phone and a desktop show of a message to whoever walks by. */
function shownToPassers({ text, blocks }: Message): string {
  return `${text}\n${JSON.stringify(blocks[0])}`;
}

/** As somebody in UTC reads it, whatever is escaped or hidden between the characters. */
function asRead(markup: string): string {
  return withDates(markup)
    .replaceAll(/<@(\w+)>/g, '@$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u2060', '');
}

interface Subjects {
  readonly alert: Alert;
  readonly request: DisconnectRequest;
}

/** Every card of a session. */
const cards: {
  readonly [Kind in Exclude<CardKind, 'silence' | 'outage'>]: (subjects: Subjects) => Message;
} = {
  alert: ({ alert }) => cardMessage({ card: 'alert', alert, approval: 'required' }),
  'alert-steps': ({ alert }) => cardMessage({ card: 'alert-steps', alert }),
  'alert-wake': ({ alert }) => {
    const snooze = { by: 'U0BOSS', at: noon, until: noon + hour, reason: 'backup runs' };
    return cardMessage({ card: 'alert-wake', alert, snooze });
  },
  request: ({ request }) => cardMessage({ card: 'request', request, approval: 'required' }),
  'owner-told': ({ request }) =>
    cardMessage({
      card: 'owner-told',
      request: {
        ...request,
        state: { is: 'gone', decidedAt: noon, sentAt: noon, calls: 1, checkedAt: noon },
      },
      whomToAsk: ['S0LEADS'],
      saysWho: true,
    }),
  outcome: ({ request }) => cardMessage({ card: 'outcome', request }),
  unasked: ({ request }) => cardMessage({ card: 'unasked', request }),
  batch: ({ request }) =>
    cardMessage({ card: 'batch', batch: aBatch(), members: [request, request], approval: 'required' }),
  'batch-outcome': ({ request }) =>
    cardMessage({ card: 'batch-outcome', batch: aBatch(), members: [request, request] }),
  'batch-unasked': ({ request }) =>
    cardMessage({ card: 'batch-unasked', batch: aBatch(), members: [request, request] }),
};

const subjects: fc.Arbitrary<Subjects> = fc.record({ alert: some.alert, request: some.request });

function withSession({ alert, request }: Subjects, change: (session: Session) => Session): Subjects {
  return {
    alert: { ...alert, session: change(alert.session) },
    request: { ...request, session: change(request.session) },
  };
}

const reason = 'MarkedReason';
const snoozed = { did: 'snoozed', by: 'U0BOSS', at: noon, until: noon + hour, reason } as const;
const handlings: fc.Arbitrary<Pick<Alert, 'handling' | 'steps'>> = fc.constantFrom(
  { handling: { is: 'snoozed', by: 'U0BOSS', at: noon, until: noon + hour, reason }, steps: [snoozed] },
  { handling: { is: 'woken', by: 'U0BOSS', at: noon, until: noon + hour, reason }, steps: [snoozed] },
);

const secrets = /origin\.example|203\.0\.113\.|10\.9\.8\.|MarkedAgent|marked-tunnel|MarkedReason/;
const telling = fc.record({
  vmLogin: fc.constantFrom('fay@origin.example', 'CORP\\fay', 'AzureAD\\fay@origin.example'),
  vm: fc.constantFrom({ name: 'vm-sql-01', address: '10.9.8.7' }, { name: '10.9.8.7', address: '10.9.8.7' }),
  clientAddress: fc.constant('203.0.113.9'),
  origin: fc.record({
    known: fc.constantFrom('exact' as const, 'likely' as const, 'one-of' as const),
    candidates: fc.array(
      fc.record({
        entraUser: fc.constantFrom('fay@origin.example', 'dana@origin.example'),
        clientAddress: fc.constantFrom('203.0.113.7', '203.0.113.8'),
        userAgent: fc.constant('MarkedAgent/1.0'),
        tunnelId: fc.constant('marked-tunnel'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    isSoFar: fc.boolean(),
  }),
});

describe.each(Object.entries(cards))('what a lock screen shows of the card %s', (_, card) => {
  it('holds no address, no e-mail, no reason and nothing of a browser', () => {
    fc.assert(
      fc.property(subjects, telling, handlings, ({ alert, request }, told, handling) => {
        const subjects = { alert: { ...alert, ...handling }, request: { ...request, reason } };
        const message = card(withSession(subjects, (session) => ({ ...session, ...told })));
        expect(shownToPassers(message)).not.toMatch(secrets);
        expect(shownToPassers(message)).not.toContain('CORP');
      }),
      runs(200),
    );
  });

  it('is one sentence for phones and desktops: what the text begins with is the first block', () => {
    fc.assert(
      fc.property(subjects, (subjects) => {
        const { text, blocks } = card(subjects);
        const [first] = blocks.map((block) => read({ blocks: [block] }));
        const line = first?.split('\n')[0] ?? '';
        expect(line).not.toBe('');
        const length = Math.min(80, line.length);
        expect(asRead(text).slice(0, length)).toBe(line.slice(0, length));
      }),
      runs(200),
    );
  });

  it('is the same whoever is behind the session, however that is spelled', () => {
    fc.assert(
      fc.property(subjects, (subjects) => {
        const unknown = withSession(
          subjects,
          ({ origin: _origin, clientAddress: _address, ...session }) => session,
        );
        expect(shownToPassers(card(subjects))).toBe(shownToPassers(card(unknown)));
      }),
      runs(200),
    );
  });
});

describe('what a lock screen shows of an outcome', () => {
  it('says who, where and what became of it within eighty characters, however long their names', () => {
    fc.assert(
      fc.property(some.request, (request) => {
        const session = { ...request.session, vmLogin: 'l'.repeat(80), vm: { name: 'm'.repeat(80) } };
        const { text } = cardMessage({ card: 'outcome', request: { ...request, session } });
        expect(asRead(text).slice(0, 80)).toMatch(/l+… on m+…(: [A-Z]|, open)/);
      }),
      runs(200),
    );
  });
});

describe('what a lock screen shows of an answer', () => {
  const answers: Readonly<Record<string, (subjects: Subjects) => Message | undefined>> = {
    'asked already': ({ request }) => askRefusal({ is: 'already-asked', existing: request }),
    'too late to decide': ({ request }) =>
      reviewRefusal({ is: 'refused', because: 'already-decided', request }, []),
    'nothing left to do': ({ alert }) => handlingRefusal({ is: 'refused', because: 'closed', alert }),
    'left out of several': ({ alert, request }) =>
      leftOutNote(0, { alreadyAsked: [request], cannotBeEnded: [alert.session], over: 0 }),
  };

  it.each(Object.entries(answers))('holds no address and no e-mail: %s', (_, answer) => {
    fc.assert(
      fc.property(subjects, telling, (subjects, told) => {
        const message = answer(withSession(subjects, (session) => ({ ...session, ...told })));
        expect(message && shownToPassers(message)).not.toMatch(secrets);
      }),
      runs(100),
    );
  });
});

describe('what a lock screen shows of a list', () => {
  it.each([
    'from:203.0.113.* entra:fay@origin.example',
    '203.0.113.7 fay@origin.example',
    'form:203.0.113.7',
  ])('holds nothing of what was asked for: %s', (typed) => {
    fc.assert(
      fc.property(some.session, telling, (any, told) => {
        const session = { ...any, ...told };
        const { filter, mistakes } = parseFilter(typed);
        const hostState = aHostState({ trackedSessions: [aTrackedSession({ session })] });
        const list = listSessions(
          { states: [hostState], discovery: { problems: [] } },
          { filter, page: 0 },
          { policy: aPolicy(), now: noon },
        );
        expect(shownToPassers(sessionListView(list, { offer: 'request', mistakes }))).not.toMatch(secrets);

        const { mistakes: unread, ...query } = parseHistory(typed);
        const frame = { since: noon - hour, isCut: false, timeZone: 'UTC', now: noon };
        const history = listHistory([aPast({ session })], { ...query, page: 0 }, frame);
        expect(shownToPassers(historyView(history, unread))).not.toMatch(secrets);
      }),
      runs(100),
    );
  });
});

describe('what a lock screen shows of the help for what is no command', () => {
  it.each([
    'fay@origin.example',
    '203.0.113.7',
    'from:203.0.113.7 entra:fay@origin.example',
    'form:203.0.113.7',
    'sesions fay@origin.example',
  ])('holds nothing of what was typed: %s', (typed) => {
    const unknown = guessUnknown(typed, menuEntries());
    const message = helpView(menuEntries(), unknown);
    expect(unknown.meant).toMatch(secrets);
    expect(JSON.stringify(message)).toMatch(secrets);
    expect(shownToPassers(message)).not.toMatch(secrets);
  });
});
