import { auditOfRequest } from '../../domain/audit/entry.ts';
import { changedCardsOfRequest } from '../../domain/cards/of-subject.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { attentionAt } from '../../domain/requests/phases.ts';
import type { Ports } from '../../ports/ports.ts';
import { withIds } from '../people/with-ids.ts';

/** Stores a request's next state with its audit entry and sets the worker going. False when somebody else was faster. */
export async function saveRequest(
  { jobs, log, people, requests }: Pick<Ports, 'jobs' | 'log' | 'people' | 'requests'>,
  request: DisconnectRequest,
  now: number,
): Promise<boolean> {
  const entry = await withIds({ people }, auditOfRequest(request, now));
  if ((await requests.save(request, entry)) === 'conflict') return false;
  log.info({ ...entry }, 'moved a disconnect request on');
  const needsWork = (attentionAt(request) ?? Infinity) <= now;
  await jobs.attend([
    ...changedCardsOfRequest(request).map((key) => ({ kind: 'card', key }) as const),
    ...(needsWork ? [{ kind: 'request', id: request.id } as const] : []),
  ]);
  return true;
}
