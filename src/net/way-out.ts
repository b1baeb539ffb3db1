import { Agent } from 'node:https';
import type { HttpsProxy } from './https-proxy.ts';
import { agentThrough } from './agent.ts';
import type { Fetch } from './fetch.ts';
import { fetchThrough } from './fetch.ts';

/** For all outgoing calls but those to Redis. */
export interface WayOut {
  readonly fetch: Fetch;
  readonly agent: Agent;
  readonly proxyName?: string;
}

export function wayOut(proxy?: HttpsProxy, answersWithinMs?: number): WayOut {
  if (proxy) {
    return {
      agent: unshown(agentThrough(proxy, answersWithinMs)),
      fetch: fetchThrough(proxy, answersWithinMs),
      proxyName: proxy.name,
    };
  }
  return { agent: unshown(new Agent({ keepAlive: true })), fetch: async (url, init) => fetch(url, init) };
}

/** Azure's SDK logs requests with their agent: its sockets hold the headers of other requests. */
function unshown(agent: Agent): Agent {
  return Object.assign(agent, { toJSON: () => '[agent]' });
}
