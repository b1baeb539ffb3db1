import type { Period } from '../kit/periods.ts';
import { periodsOf } from '../kit/periods.ts';
import type { SessionFilter } from '../sessions/filter.ts';
import { filterTest } from '../sessions/filter.ts';
import { pageOf } from '../sessions/list.ts';
import { bareLogin } from '../sessions/login.ts';
import type { PastSession } from './past-session.ts';
import { lastedMs } from './past-session.ts';

/** What somebody wants to see of the past; pages count from 0. */
export interface HistoryQuery {
  readonly filter: SessionFilter;
  readonly sinceMs: number;
  readonly page: number;
}

export interface HistoryList {
  readonly rows: readonly PastSession[];
  readonly page: number;
  readonly pages: number;
  readonly query: HistoryQuery;
  readonly since: number;
  /** All there are in that time, whatever the filter. */
  readonly sessions: number;
  /** Older ones in that time were not read: there are too many. */
  readonly isCut: boolean;
  readonly totals: EndingCounts;
  readonly longestMs: number;
  /** The same over time, the oldest first; days, or several together. */
  readonly periods: readonly PeriodCounts[];
}

export interface EndingCounts {
  readonly byItself: number;
  readonly byBot: number;
  readonly lost: number;
}

export interface PeriodCounts extends Period {
  readonly counts: EndingCounts;
}

/** As many as a message holds, whatever they are called. */
const rowsPerPage = 8;

export function listHistory(
  past: readonly PastSession[],
  query: HistoryQuery,
  { since, isCut, timeZone, now }: HistoryFrame,
): HistoryList {
  const inTime = past.filter(({ closedAt }) => closedAt >= since);
  const matching = matchingPast(inTime, query.filter, now);
  const { page, pages, shown } = pageOf(sorted(matching, query.filter), query.page, rowsPerPage);
  const periods = periodsOf(since, now, timeZone);
  return {
    rows: shown,
    page,
    pages,
    query: { ...query, page },
    since,
    sessions: inTime.length,
    isCut,
    totals: countsOf(matching),
    longestMs: Math.max(0, ...matching.map(lastedMs)),
    periods: periods.map((period, index) => {
      const until = periods[index + 1]?.from ?? Infinity;
      const inIt = matching.filter(({ closedAt }) => closedAt >= period.from && closedAt < until);
      return { ...period, counts: countsOf(inIt) };
    }),
  };
}

export interface HistoryFrame {
  readonly since: number;
  readonly isCut: boolean;
  readonly timeZone: string;
  readonly now: number;
}

export function totalOf({ byItself, byBot, lost }: EndingCounts): number {
  return byItself + byBot + lost;
}

function countsOf(past: readonly PastSession[]): EndingCounts {
  const count = (is: PastSession['how']['is']) => past.filter(({ how }) => how.is === is).length;
  return { byItself: count('by-itself'), byBot: count('by-bot'), lost: count('lost') };
}

/** Of an ended session, `older` means that it lasted longer. */
function matchingPast(past: readonly PastSession[], filter: SessionFilter, now: number) {
  const { olderThanMs = 0, ...rest } = filter;
  const fits = filterTest(rest, now);
  return past.filter((one) => lastedMs(one) >= olderThanMs && fits(one.session, one.host));
}

function sorted(past: readonly PastSession[], { sort, groupByHost }: SessionFilter) {
  const byName = (nameOf: (one: PastSession) => string) => (a: PastSession, b: PastSession) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
  const orders = [
    ...(groupByHost || sort === 'host' ? [byName(({ host }) => host.name)] : []),
    ...(sort === 'vm' ? [byName(({ session }) => session.vm.name)] : []),
    ...(sort === 'user' ? [byName(({ session }) => bareLogin(session.vmLogin))] : []),
    ...(sort === 'age' ? [(a: PastSession, b: PastSession) => lastedMs(b) - lastedMs(a)] : []),
    (a: PastSession, b: PastSession) => b.closedAt - a.closedAt,
    byName(({ ref }) => ref),
  ];
  return past.toSorted((a, b) => orders.reduce((found, order) => found || order(a, b), 0));
}
