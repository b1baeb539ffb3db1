import { Agent, buildConnector, fetch, FormData as UndiciFormData } from 'undici';
import type { HttpsProxy } from './https-proxy.ts';
import type { Target } from './tunnel.ts';
import { openTunnel } from './tunnel.ts';

export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

export interface FetchInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | FormData;
  readonly redirect?: 'error' | 'follow' | 'manual';
  readonly signal?: AbortSignal;
}

/** Node's own `fetch` takes no proxy on every version, and no dispatcher of another undici. */
export function fetchThrough(proxy: HttpsProxy, answersWithinMs?: number): Fetch {
  const connect = buildConnector({});

  async function connectThrough(target: Target, ...[options, callback]: Parameters<typeof connect>) {
    const httpSocket = await openTunnel(proxy, target, answersWithinMs).catch((error: Error) => error);
    if (httpSocket instanceof Error) callback(httpSocket, null);
    else connect({ ...options, httpSocket }, callback);
  }

  const dispatcher = new Agent({
    connect: (options, callback) => {
      const target = { host: options.hostname.replace(/^\[|\]$/g, ''), port: Number(options.port || 443) };
      const isCovered = options.protocol === 'https:' && proxy.covers(target.host, target.port);
      if (isCovered) void connectThrough(target, options, callback);
      else connect(options, callback);
    },
  });
  return async (url, { body, ...init } = {}) => {
    const sent = body instanceof FormData ? formOf(body) : body;
    return fetch(url, { ...init, dispatcher, ...(sent !== undefined && { body: sent }) });
  };
}

/** Each undici knows its own forms only. */
function formOf(form: FormData): UndiciFormData {
  const copy = new UndiciFormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') copy.append(name, value);
    else copy.append(name, value, value.name);
  }
  return copy;
}
