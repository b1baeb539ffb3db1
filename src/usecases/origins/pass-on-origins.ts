import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isNews } from '../../domain/sessions/origin.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type Needs = Pick<Ports, 'clock' | 'jobs' | 'requests'>;

/** Tells the open requests who is behind their sessions, as it is known now. */
export async function passOnOrigins(ports: Needs, origins: Origins): Promise<void> {
  const open = await ports.requests.unsettled();
  for (const request of open.filter(({ ref }) => origins.has(ref))) {
    await refineRequest(ports, request, origins);
  }
}

export async function refineRequest(
  { clock, jobs, requests }: Needs,
  loaded: DisconnectRequest,
  origins: Origins,
): Promise<void> {
  let request: DisconnectRequest | undefined = loaded;
  while (request) {
    const origin = origins.get(request.ref);
    if (!isNews(request.session, origin)) return;
    const refined = { ...request, session: withOrigin(request.session, origin) };
    if ((await requests.refine(refined, clock())) === 'saved') {
      const cards = cardsOfRequest(refined).map((key) => ({ kind: 'card', key }) as const);
      return jobs.attend(cards);
    }
    request = await requests.get(request.id);
  }
}
