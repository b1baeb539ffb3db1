import { hostJson } from './host-json.ts';
import { armError, ok } from './reply.ts';
import { queryGraph } from './resource-graph.ts';
import type { Route } from './route.ts';
import { subscription } from './route.ts';

export const discoveryRoutes: readonly Route[] = [
  {
    kind: 'hosts',
    method: 'GET',
    pattern: new RegExp(`${subscription}/providers/Microsoft\\.Network/bastionHosts$`, 'i'),
    answer({ hosts, hostsPerPage, ownUrl, rights }, { sub = '' }, _body, query) {
      const refusal = rights.refusal('Microsoft.Network/bastionHosts/read', `/subscriptions/${sub}`);
      if (refusal) return refusal;
      const found = hosts.all().filter(({ subscriptionId }) => subscriptionId === sub);
      if (found.length === 0 && !isGuid(sub)) return armError({ status: 404, code: 'SubscriptionNotFound' });
      const from = Number(query.get('from') ?? 0);
      const until = from + hostsPerPage;
      const next = `${ownUrl()}/subscriptions/${sub}/providers/Microsoft.Network/bastionHosts?api-version=2025-05-01&from=${until}`;
      return ok({
        value: found.slice(from, until).map(hostJson),
        ...(until < found.length && { nextLink: next }),
      });
    },
  },
  {
    kind: 'graph',
    method: 'POST',
    pattern: /^\/providers\/Microsoft\.ResourceGraph\/resources$/i,
    answer: (world, _parts, body) => queryGraph(world, body),
  },
  {
    kind: 'subscriptions',
    method: 'GET',
    pattern: /^\/subscriptions$/i,
    answer({ hosts }) {
      const ids = [...new Set(hosts.all().map(({ subscriptionId }) => subscriptionId))];
      const value = ids.map((subscriptionId) => ({
        id: `/subscriptions/${subscriptionId}`,
        subscriptionId,
        displayName: `subscription ${subscriptionId.slice(0, 4)}`,
        state: 'Enabled',
      }));
      return ok({ value });
    },
  },
];

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
