import { auditOfRequest } from '../../domain/audit/entry.ts';
import { changedCardsOfRequest } from '../../domain/cards/of-subject.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { nextStepAt } from '../../domain/requests/phases.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RequestChange } from '../../ports/requests.ts';
import { withIds } from '../people/with-ids.ts';

type UsedPorts = Pick<Ports, 'jobs' | 'log' | 'people' | 'requests'>;

/** Stores a request's next state with its audit entry and sets the worker going. False when somebody else was faster. */
export async function saveRequest(
  ports: UsedPorts,
  request: DisconnectRequest,
  now: number,
): Promise<boolean> {
  const change = await changeOf(ports, request, now);
  if ((await ports.requests.save(change.request, change.entry)) === 'conflict') return false;
  await setGoing(ports, [change], now);
  return true;
}

export async function saveRequests(
  ports: UsedPorts,
  requests: readonly DisconnectRequest[],
  now: number,
): Promise<boolean> {
  const changes = await Promise.all(requests.map(async (request) => changeOf(ports, request, now)));
  if ((await ports.requests.saveAll(changes)) === 'conflict') return false;
  await setGoing(ports, changes, now);
  return true;
}

async function changeOf(ports: UsedPorts, request: DisconnectRequest, now: number): Promise<RequestChange> {
  return { request, entry: await withIds(ports, auditOfRequest(request, now)) };
}

async function setGoing(
  { jobs, log }: UsedPorts,
  changes: readonly RequestChange[],
  now: number,
): Promise<void> {
  for (const { entry } of changes) log.info({ ...entry }, 'moved a disconnect request on');
  await jobs.enqueue(
    changes.flatMap(({ request }) => [
      ...changedCardsOfRequest(request).map((key) => ({ kind: 'card', key }) as const),
      ...((nextStepAt(request) ?? Infinity) <= now ? [{ kind: 'request', id: request.id } as const] : []),
    ]),
  );
}
