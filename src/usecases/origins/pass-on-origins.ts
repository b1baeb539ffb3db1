import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { DisconnectRequest, Member } from '../../domain/requests/request.ts';
import { sessionsOf } from '../../domain/requests/tunnel.ts';
import { isNews } from '../../domain/sessions/origin.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<Ports, 'clock' | 'jobs' | 'requests'>;

export async function passOnOrigins(ports: UsedPorts, origins: Origins): Promise<void> {
  const open = await ports.requests.unsettled();
  for (const request of open.filter((one) => sessionsOf(one).some(({ ref }) => origins.has(ref)))) {
    await refineRequest(ports, request, origins);
  }
}

export async function refineRequest(
  { clock, jobs, requests }: UsedPorts,
  loaded: DisconnectRequest,
  origins: Origins,
): Promise<void> {
  let request: DisconnectRequest | undefined = loaded;
  while (request) {
    const news = sessionsOf(request).filter(({ ref, session }) => isNews(session, origins.get(ref)));
    if (news.length === 0) return;
    const refined = withOrigins(request, origins);
    if ((await requests.refine(refined, clock())) === 'saved') {
      const cards = cardsOfRequest(refined).map((key) => ({ kind: 'card', key }) as const);
      return jobs.enqueue(cards);
    }
    request = await requests.get(request.id);
  }
}

function withOrigins(request: DisconnectRequest, origins: Origins): DisconnectRequest {
  const { ref, session, others } = request;
  const told = (one: Member): Session => {
    const origin = origins.get(one.ref);
    return isNews(one.session, origin) ? withOrigin(one.session, origin) : one.session;
  };
  return {
    ...request,
    session: told({ ref, session }),
    ...(others && { others: others.map((one) => ({ ref: one.ref, session: told(one) })) }),
  };
}
