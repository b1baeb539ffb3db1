import type { ReadingsStanding } from '../domain/sessions/readings-standing.ts';
import { counted } from './counted.ts';
import { duration } from './time.ts';

const namedAtMost = 5;

export function readingsDetail({ hosts, oldest, unread }: ReadingsStanding): string {
  if (hosts === 0) return 'no host is known yet';
  const named = unread.slice(0, namedAtMost).join(', ');
  const more = unread.length > namedAtMost ? ` and ${unread.length - namedAtMost} more` : '';
  return [
    oldest ? `the oldest is of ${duration(oldest.ageMs)} ago (${oldest.name})` : 'none yet',
    ...(unread.length > 0 ? [`${unread.length} of ${counted(hosts, 'host')} not read: ${named}${more}`] : []),
  ].join('; ');
}
