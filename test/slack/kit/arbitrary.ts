import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Outage } from '../../../src/domain/alerts/outage.ts';
import type { AlertStep, Handling } from '../../../src/domain/alerts/handling.ts';
import type { HistoryList } from '../../../src/domain/history/list.ts';
import { attentions } from '../../../src/domain/sessions/limits.ts';
import { listHistory } from '../../../src/domain/history/list.ts';
import type { PastSession } from '../../../src/domain/history/past-session.ts';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import type { PollingStanding } from '../../../src/domain/hosts/polling-standing.ts';
import type { Cut } from '../../../src/domain/kit/cut.ts';
import { batchSize } from '../../../src/domain/requests/batch.ts';
import type { PickRow, SessionPick } from '../../../src/domain/requests/pick.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { SessionList } from '../../../src/domain/sessions/list.ts';
import { rowsPerPage } from '../../../src/domain/sessions/list.ts';
import { aHost, aPast, anAlert, hour, noon } from '../../support/build.ts';
import { duration, failure, foreignText, instant, session } from './arbitrary-facts.ts';

export * from './arbitrary-facts.ts';
export * from './arbitrary-request.ts';

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
