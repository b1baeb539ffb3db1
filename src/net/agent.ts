import { Agent } from 'node:https';
import { Duplex } from 'node:stream';
import type { HttpsProxy } from './https-proxy.ts';
import type { Target } from './tunnel.ts';
import { openTunnel } from './tunnel.ts';

export function agentThrough(proxy: HttpsProxy, answersWithinMs?: number): Agent {
  const agent = new Agent({ keepAlive: true });
  const connect = agent.createConnection.bind(agent);

  async function connectThrough(target: Target, ...[options, callback]: Parameters<typeof connect>) {
    const socket = await openTunnel(proxy, target, answersWithinMs).catch((error: Error) => error);
    // Of a failure Node reads the error only.
    if (socket instanceof Error) return callback?.(socket, new Duplex());
    const secured = connect(Object.assign({}, options, { socket }));
    if (secured) callback?.(null, secured);
  }

  agent.createConnection = (options, callback) => {
    const target = { host: unbracketed(options.host ?? 'localhost'), port: Number(options.port ?? 443) };
    if (!proxy.covers(target.host, target.port)) return connect(options, callback);
    void connectThrough(target, options, callback);
    return undefined;
  };
  return agent;
}

function unbracketed(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
