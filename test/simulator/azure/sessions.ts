import type { Style } from './behaviour.ts';
import type { SimulatedHost } from './host.ts';
import { sessionJson } from './session-json.ts';

/** The body that carries the list, from the item `from` on. */
export function sessionsBody(
  host: SimulatedHost,
  style: Style,
  ownUrl: string,
  now: number,
  from = 0,
): unknown {
  const { body, endlessPages, extraFields, linkBase, pageSize, startTime } = style;
  if (typeof body === 'object') return 'json' in body ? body.json : undefined;
  const items = host
    .sessions()
    .map((session) => ({ ...sessionJson(session, host, startTime, now), ...extraFields }));
  if (body === 'array') return items;
  const until = endlessPages ? from + 1 : from + pageSize;
  const next = `${linkBase ?? ownUrl}${host.id}/getActiveSessions/from/${until}?api-version=2025-05-01`;
  if (endlessPages) return { value: items, nextLink: next };
  return { value: items.slice(from, until), ...(until < items.length && { nextLink: next }) };
}
