import { Agent } from 'node:https';
import type { HttpsProxy } from './https-proxy.ts';
import { agentThrough } from './agent.ts';
import type { Fetch } from './fetch.ts';
import { fetchThrough } from './fetch.ts';

/** How everything leaves this process that is neither Redis nor an answer. */
export interface WayOut {
  readonly fetch: Fetch;
  /** For `https:` and `wss:`. */
  readonly agent: Agent;
  readonly proxyName?: string;
}

/** Through the proxy, where there is one and as far as it covers; it is given up as `openTunnel` says. */
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

/** Azure's own log of a request would show its sockets, and in them the headers of others. */
function unshown(agent: Agent): Agent {
  return Object.assign(agent, { toJSON: () => '[agent]' });
}
