import type { LogsErrorOptions } from './errors.ts';
import { badArgument } from './errors.ts';
import type { Timespan } from './timespan.ts';
import { allTime, readTimespan } from './timespan.ts';

export interface Question {
  readonly query: string;
  readonly timespan: Timespan;
}

/** What the body asks; `now` is where a timespan without an end ends. */
export function readQuestion(
  { query, timespan }: { readonly query?: unknown; readonly timespan?: unknown },
  now: number,
): Question | LogsErrorOptions {
  if (typeof query !== 'string' || query.trim() === '') return invalid('query');
  if (timespan === undefined || timespan === null) return { query, timespan: allTime };
  const read = typeof timespan === 'string' ? readTimespan(timespan, now) : undefined;
  return read ? { query, timespan: read } : invalid('timespan');
}

function invalid(what: string): LogsErrorOptions {
  return badArgument({ code: 'ArgumentError', message: `The value of ${what} is missing or not valid` });
}
