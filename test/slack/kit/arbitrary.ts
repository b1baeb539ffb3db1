import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Outage } from '../../../src/domain/alerts/outage.ts';
import type { AlertStep, Handling } from '../../../src/domain/alerts/handling.ts';
import type { HistoryList } from '../../../src/domain/history/list.ts';
import { attentions } from '../../../src/domain/sessions/limits.ts';
import { listHistory } from '../../../src/domain/history/list.ts';
import type { PastSession } from '../../../src/domain/history/past-session.ts';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { PollingStanding } from '../../../src/domain/hosts/polling-standing.ts';
import type { Cut } from '../../../src/domain/kit/cut.ts';
import { batchSize } from '../../../src/domain/requests/batch.ts';
import type { GoneRequest } from '../../../src/domain/requests/gone.ts';
import type { PickRow, SessionPick } from '../../../src/domain/requests/pick.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { SessionList } from '../../../src/domain/sessions/list.ts';
import { rowsPerPage } from '../../../src/domain/sessions/list.ts';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { aHost, aPast, aRequest, aSession, anAlert, hour, noon } from '../../support/build.ts';

/** Everybody who may be mentioned: whoever else is, was smuggled in. */
export const known = ['U0ASKER', 'U0BOSS', 'U0OWNER', 'S0LEADS'];

/** Text as it may come from outside: what Slack would parse, what hides or reorders, and far too much of it. */
export const foreignText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' \n\t ',
    '<!channel> <@U0EVIL> <!subteam^S0EVIL>',
    '<https://evil.example|log in> https://evil.example mailto:a@evil.example',
    '@channel @here @everyone #general :tada: *bold* _it_ ~gone~ `code` ```block```',
    '&lt;!channel&gt; &amp;',
    'admin\u202Egnp.exe\u200B\u2066',
    'مدير-النظام',
    'line\r\nbreak\u2028and\u0000nul',
    '\uD83D lone \uDE00',
  ),
  fc.constantFrom('"', '\\', '&', '<', '👩‍🚒', 'é', 'm').map((one) => one.repeat(4000)),
);

export const instant = fc.oneof(
  fc.integer({ min: noon - 400 * 24 * hour, max: noon }),
  fc.constant(-62_135_596_800_000),
);
const duration = fc.integer({ min: 0, max: 40 * 24 * hour });

const asLogged = fc.oneof(
  foreignText,
  fc.constantFrom(
    'fay@corp.example',
    'Fay@corp.example',
    '203.0.113.7',
    '2001:db8::7',
    '<mailto:a@evil.example>',
  ),
);

/** As the log may tell it: any of it missing, hostile, and by many. */
export const origin: fc.Arbitrary<Origin> = fc.record({
  known: fc.constantFrom('exact', 'likely', 'one-of'),
  candidates: fc.array(
    fc.record(
      { entraUser: asLogged, clientAddress: asLogged, userAgent: foreignText, tunnelId: foreignText },
      { requiredKeys: [] },
    ),
    { maxLength: 25, size: 'max' },
  ),
  isSoFar: fc.boolean(),
});

export const session: fc.Arbitrary<Session> = fc
  .record(
    {
      sessionId: foreignText,
      startedAt: instant,
      startedAtFrom: fc.constantFrom('given', 'duration', 'reading'),
      vm: fc.record(
        { name: foreignText, resourceId: foreignText, address: foreignText },
        { requiredKeys: ['name'] },
      ),
      vmLogin: foreignText,
      protocol: foreignText,
      resourceType: foreignText,
      clientAddress: foreignText,
      origin,
    },
    { requiredKeys: ['sessionId', 'startedAt', 'startedAtFrom', 'vm', 'vmLogin', 'protocol'] },
  )
  .map((overrides) => aSession(overrides));

export const failure: fc.Arbitrary<AzureFailure> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('forbidden' as const), action: foreignText }),
      fc.record({ kind: fc.constant('throttled' as const), retryAt: instant }),
      fc.record({ kind: fc.constant('not-understood' as const), what: foreignText }),
      fc.record({ kind: fc.constant('failed' as const), code: foreignText }),
      fc.record(
        {
          kind: fc.constant('signed-out' as const),
          because: fc.constantFrom('no-token', 'refused', 'same-token'),
        },
        { requiredKeys: ['kind'] },
      ),
      fc.record({
        kind: fc.constantFrom('host-gone', 'busy', 'locked', 'timed-out', 'unreachable', 'record-unreadable'),
      }),
    ),
    fc.option(foreignText),
  )
  .map(([why, reference]) => (reference === null ? why : { ...why, reference }));

const snooze = fc.record({
  by: fc.constant('U0BOSS'),
  at: instant,
  until: instant,
  reason: foreignText,
});

const handling: fc.Arbitrary<Handling> = fc.oneof(
  fc.constant({ is: 'unattended' as const }),
  fc.record({ is: fc.constant('acknowledged' as const), by: fc.constant('U0BOSS'), at: instant }),
  fc
    .tuple(fc.constantFrom('snoozed' as const, 'woken' as const), snooze, fc.boolean())
    .map(([is, rest, wasAcknowledged]) => ({
      is,
      ...rest,
      ...(wasAcknowledged && { acknowledged: { by: 'U0OWNER', at: noon } }),
    })),
);

const step: fc.Arbitrary<AlertStep> = fc.oneof(
  fc.record({
    did: fc.constantFrom('acknowledged' as const, 'unacknowledged' as const, 'unsnoozed' as const),
    by: fc.constant('U0BOSS'),
    at: instant,
  }),
  snooze.map((rest) => ({ did: 'snoozed' as const, ...rest })),
  fc.record({ did: fc.constant('woken' as const), at: instant }),
);

const limit = fc.record({ name: foreignText, warnAfterMs: duration });

export const alert: fc.Arbitrary<Alert> = fc
  .record({
    session,
    hostName: foreignText,
    rule: limit,
    seenAt: instant,
    state: fc.oneof(
      fc.record({ is: fc.constantFrom('open' as const, 'unconfirmed' as const) }),
      fc.record({ is: fc.constant('ended' as const), checkedAt: instant }),
      fc.record({
        is: fc.constant('lost' as const),
        at: instant,
        why: fc.constantFrom('host-gone', 'unknown-too-long'),
      }),
      fc.record({ is: fc.constant('lifted' as const), at: instant }),
      fc.record({ is: fc.constant('lifted' as const), at: instant, limit }),
    ),
    handling,
    steps: fc.array(step, { maxLength: 30, size: 'max' }),
    tunnel: fc.constantFrom({}, { alike: 40 }),
  })
  .map(({ tunnel, ...overrides }) => anAlert({ ...overrides, ...tunnel }));

const decided = fc.constantFrom({ decidedAt: noon }, { decidedAt: noon, by: 'U0BOSS' });
const sending = fc
  .tuple(decided, fc.constantFrom(1 as const, 2 as const))
  .map(([by, calls]) => ({ ...by, calls, sentAt: noon }));

const waiting = fc.oneof(
  fc.record({
    since: instant,
    failure,
    nextTryAt: instant,
    for: fc.constantFrom('reading' as const, 'call' as const),
    isSaid: fc.boolean(),
  }),
  fc.record(
    {
      since: instant,
      nextTryAt: instant,
      for: fc.constant('right' as const),
      missingScope: fc.constant('users:read'),
      isSaid: fc.boolean(),
    },
    { requiredKeys: ['since', 'nextTryAt', 'for', 'isSaid'] },
  ),
);

const requestState: fc.Arbitrary<DisconnectRequest['state']> = fc.oneof(
  fc.constant({ is: 'pending' as const }),
  fc.record({ is: fc.constantFrom('denied', 'cancelled'), by: fc.constant('U0BOSS'), at: instant }),
  fc.record({ is: fc.constant('expired' as const), at: instant }),
  fc
    .tuple(
      instant,
      fc.oneof(
        fc.record({ is: fc.constant('ended-by-itself' as const), checkedAt: instant }),
        fc.record({ is: fc.constantFrom('lost' as const, 'host-forgotten' as const) }),
      ),
    )
    .map(([at, why]) => ({ is: 'overtaken' as const, at, why })),
  decided.map((by) => ({ is: 'approved' as const, ...by })),
  fc.tuple(decided, waiting).map(([by, waits]) => ({ is: 'approved' as const, ...by, waiting: waits })),
  sending.map((sent) => ({ is: 'sending' as const, ...sent })),
  fc
    .tuple(fc.constantFrom('gone', 'still-there'), sending, instant)
    .map(([is, sent, checkedAt]) => ({ is, ...sent, checkedAt })),
  fc
    .tuple(sending, instant, fc.record({ ref: fc.uuid(), session }))
    .map(([sent, checkedAt, cameBack]) => ({ is: 'gone' as const, ...sent, checkedAt, cameBack })),
  fc
    .tuple(fc.constantFrom('unproven', 'refused'), sending, failure, instant)
    .map(([is, sent, why, at]) => ({ is, ...sent, failure: why, at })),
  fc
    .tuple(
      decided,
      fc.oneof(
        fc.record({ is: fc.constant('ended-by-itself' as const), checkedAt: instant }),
        fc.record({
          is: fc.constant('changed' as const),
          change: fc.constantFrom('other-start', 'other-machine', 'other-login'),
        }),
        fc.record({ is: fc.constant('hourly-limit' as const), maxPerHour: fc.nat() }),
        fc.record({ is: fc.constantFrom('switched-off', 'too-late', 'approval-required', 'right-unknown') }),
        fc.record({
          is: fc.constant('right-lost' as const),
          whose: fc.constantFrom('requester', 'approver'),
          because: fc.constantFrom('not-named', 'guest', 'deactivated'),
        }),
        fc.record({
          is: fc.constant('not-second' as const),
          because: fc.constantFrom('own-request', 'own-session', 'perhaps-own-session', 'owner-unknown'),
        }),
        fc.record({ is: fc.constantFrom('unread' as const, 'not-taken' as const), failure }),
      ),
    )
    .map(([by, why]) => ({ is: 'not-sent' as const, ...by, at: noon, why })),
);

const unasked = fc.record(
  {
    since: instant,
    code: fc.constantFrom('is_archived', 'channel_not_found', 'shared-channel', 'what_nobody_knows'),
    until: instant,
  },
  { requiredKeys: ['since', 'code'] },
);

export const request: fc.Arbitrary<DisconnectRequest> = fc
  .record(
    {
      session,
      hostName: foreignText,
      reason: foreignText,
      owner: fc.constant('U0OWNER'),
      unasked,
      state: requestState,
    },
    { requiredKeys: ['session', 'hostName', 'reason', 'state'] },
  )
  .map((overrides) => aRequest(overrides));

export const goneRequest: fc.Arbitrary<GoneRequest> = fc
  .tuple(request, sending, instant)
  .map(([one, sent, checkedAt]) => ({ ...one, state: { is: 'gone', ...sent, checkedAt } }));

/** Whatever somebody may type: parts of a filter between anything else. */
const typedFilter = fc
  .array(fc.oneof(foreignText, fc.constantFrom('group:host', 'older:4h', 'sort:vm', 'hots:x', 'vm:')), {
    maxLength: 12,
  })
  .map((parts) => parseFilter(parts.join(' ')));

export const filterMistakes = typedFilter.map(({ mistakes }) => mistakes);

export const polling: fc.Arbitrary<PollingStanding> = fc.oneof(
  fc.constant({ is: 'on-time' as const }),
  fc.record({ is: fc.constant('behind' as const), lagMs: duration, waiting: fc.nat({ max: 5000 }) }),
  fc.record({ is: fc.constant('nobody-polls' as const), since: instant }, { requiredKeys: ['is'] }),
);

export const hostLine = fc.record(
  {
    name: foreignText,
    sessions: fc.nat({ max: 50 }),
    readAt: instant,
    failing: fc.record({ since: instant, failure }),
    isStale: fc.boolean(),
    provisioningState: foreignText,
  },
  { requiredKeys: ['name', 'sessions', 'isStale'] },
);

export const sessionList: fc.Arbitrary<SessionList> = fc
  .record({
    rows: fc.array(
      fc.record(
        {
          ref: fc.uuid(),
          session,
          hostName: foreignText,
          warnAfterMs: duration,
          attention: fc.constantFrom(...attentions),
          readAt: instant,
          isStale: fc.boolean(),
          count: fc.integer({ min: 1, max: 5000 }),
          onHost: fc.nat({ max: 5000 }),
        },
        {
          requiredKeys: ['ref', 'session', 'hostName', 'attention', 'readAt', 'isStale', 'count', 'onHost'],
        },
      ),
      { maxLength: rowsPerPage },
    ),
    page: fc.nat({ max: 500 }),
    sessions: fc.nat({ max: 5000 }),
    filter: typedFilter.map(({ filter }) => filter),
    matching: fc.nat({ max: 5000 }),
    overLimit: fc.nat({ max: 5000 }),
    hosts: fc.array(hostLine, { maxLength: 100 }),
    isDiscovered: fc.boolean(),
    problems: fc.array(fc.record({ scope: foreignText, failure }), { maxLength: 100 }),
    now: fc.constant(noon),
  })
  .map((list) => ({ ...list, pages: list.page + 2 }));

export const row = fc.record(
  {
    ref: fc.uuid(),
    session,
    hostName: foreignText,
    warnAfterMs: duration,
    attention: fc.constantFrom(...attentions),
    readAt: instant,
    isStale: fc.boolean(),
  },
  { requiredKeys: ['ref', 'session', 'hostName', 'attention', 'readAt', 'isStale'] },
);

const pickRow: fc.Arbitrary<PickRow> = fc
  .tuple(row, fc.constantFrom(1, 2, 200))
  .map(([one, count]) => ({ ...one, count }));

export const sessionPick: fc.Arbitrary<SessionPick> = fc.record({
  picked: fc.uniqueArray(pickRow, { selector: ({ ref }) => ref, maxLength: 2 * batchSize }),
  over: fc.nat({ max: batchSize }),
  rows: fc.uniqueArray(pickRow, { selector: ({ ref }) => ref, maxLength: batchSize }),
  page: fc.nat({ max: 250 }),
  pages: fc.constant(251),
  matching: fc.nat({ max: 5000 }),
  filter: typedFilter.map(({ filter }) => filter),
  now: fc.constant(noon),
});

const past: fc.Arbitrary<PastSession> = fc
  .record({
    ref: fc.uuid(),
    session,
    host: fc.record({ name: foreignText, resourceGroup: foreignText }),
    seenAt: fc.integer({ min: noon - 90 * 24 * hour, max: noon }),
    closedAt: fc.integer({ min: noon - 90 * 24 * hour, max: noon }),
    how: fc.oneof(
      fc.constant({ is: 'by-itself' as const }),
      fc.record({
        is: fc.constant('by-bot' as const),
        requestId: foreignText,
        requester: fc.constant('U0BOSS'),
      }),
      fc.record({ is: fc.constant('lost' as const), why: fc.constantFrom('host-gone', 'unknown-too-long') }),
    ),
  })
  .map((overrides) => aPast(overrides));

export const earlier: fc.Arbitrary<Cut<PastSession>> = fc.record({
  shown: fc.array(past, { maxLength: 5 }),
  count: fc.nat({ max: 5000 }),
});

export const historyList: fc.Arbitrary<HistoryList> = fc
  .record({
    all: fc.array(past, { maxLength: 30, size: 'max' }),
    text: fc.oneof(fc.constant(''), foreignText),
    days: fc.integer({ min: 0, max: 90 }),
    page: fc.nat({ max: 5 }),
    isCut: fc.boolean(),
  })
  .map(({ all, text, days, page, isCut }) => {
    const { filter, sinceMs } = parseHistory(text);
    const since = noon - days * 24 * hour;
    return listHistory(
      all,
      { filter, sinceMs, page },
      { since, isCut, timeZone: 'Europe/Berlin', now: noon },
    );
  });

export const hostId = foreignText.map((text) => `${aHost().id}${text}`);

export const outage: fc.Arbitrary<Outage> = fc.record({
  id: fc.constant('outage-1'),
  version: fc.constant(1),
  cause: fc.constant('endpoint'),
  failure,
  since: instant,
  hosts: fc.array(
    fc.record({
      hostId: fc.constantFrom(aHost().id, 'no resource id'),
      name: foreignText,
      silenceId: fc.constant('silence-1'),
      since: instant,
      sessions: fc.nat({ max: 5000 }),
    }),
    { minLength: 1, maxLength: 150 },
  ),
  changedAt: instant,
  state: fc.oneof(
    fc.record({ is: fc.constant('open' as const) }),
    fc.record({ is: fc.constant('over' as const), at: instant }),
  ),
});
