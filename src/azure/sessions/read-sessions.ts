import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Arm, ArmAnswer } from '../arm/arm.ts';
import type { AzureError } from '../arm/azure-error.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import { shapeOf } from '../arm/json.ts';
import { limits } from '../arm/limits.ts';
import { runOperation } from '../arm/long-running.ts';
import { pollAddress } from '../arm/poll-address.ts';
import { hostRequest, networkApiVersion } from './host-request.ts';
import { listIn } from './list-answer.ts';
import { sessionIn } from './session-answer.ts';

/** https://learn.microsoft.com/rest/api/virtualnetwork/get-active-sessions/get-active-sessions */
export async function listSessions(
  arm: Arm,
  { clock, haste, host, resourceManagerUrl }: ListOptions,
  signal: AbortSignal,
): Promise<readonly Session[]> {
  const begunAt = clock();
  // Durations count back from Azure's clock: ours may step, and the session would seem another one.
  const read = ({ answeredAt = begunAt, body }: ArmAnswer) => {
    const page = listIn(body);
    if (page && page.items.length > limits.sessionsPerHost) throw tooManySessions();
    return page && { ...page, items: page.items.map((item) => sessionIn(item, host.id, answeredAt)) };
  };
  const start = hostRequest(resourceManagerUrl, host, 'getActiveSessions');
  const operation = { start, apiVersion: networkApiVersion, haste, read };
  let page = await runOperation(arm, operation, { clock, signal });
  const sessions = [...page.items];
  const followed = new Set<string>();
  while (page.nextLink !== undefined) {
    const url = pollAddress(page.nextLink, start.url, networkApiVersion);
    if (url === undefined || followed.has(url)) throw notUnderstood('a next page that is none');
    followed.add(url);
    if (followed.size === limits.pages) throw notUnderstood(`more than ${limits.pages} pages of sessions`);
    const answer = await arm({ method: 'GET', url, action: start.action }, signal);
    const next = read(answer);
    if (!next) throw notUnderstood(`${shapeOf(answer.body)} without a list of sessions`, answer.trace);
    sessions.push(...next.items);
    if (sessions.length > limits.sessionsPerHost) throw tooManySessions();
    page = next;
  }
  return sessions;
}

function tooManySessions(): AzureError {
  return notUnderstood(`more than ${limits.sessionsPerHost} sessions`);
}

interface ListOptions {
  readonly clock: () => number;
  readonly haste: Haste;
  readonly host: BastionHost;
  readonly resourceManagerUrl: string;
}
