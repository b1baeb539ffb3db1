import type { Health } from './healths.ts';
import type { SimulatedHost } from './host.ts';

const known = new WeakMap<SimulatedHost, Health>();

export function healthOf(host: SimulatedHost): Health {
  return known.get(host) ?? 'well';
}

/** How a host answers from now on, whatever it did before. */
export function setHealth(host: SimulatedHost, health: Health): void {
  known.set(host, health);
  host.behaveNormally();
  switch (health) {
    case 'well':
      return;
    case 'silent':
      return host.behave({ hang: true });
    case 'throttled':
      return host.behave({ error: { status: 429, code: 'TooManyRequests', retryAfter: 10 } });
    case 'forbidden':
      return host.behave({
        error: {
          status: 403,
          code: 'AuthorizationFailed',
          message: `The client does not have authorization to perform action 'Microsoft.Network/bastionHosts/getActiveSessions/action' over scope '${host.id}'.`,
        },
      });
    case 'other shape':
      return host.behave({ body: { json: { activeSessions: [] } } });
    case 'boundless':
      return host.behave({ excess: 'gzip-bomb' });
  }
}
