import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { isIP, isIPv6 } from 'node:net';
import type { HttpsProxy } from './https-proxy.ts';
import { ProxyFailure } from './proxy-failure.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Shorter than the deadline of a call for which nobody waits, so that this call can say it was the proxy. */
const answersWithinMs = 5000;

/** Resolves with a connection still in clear text. Rejects with a `ProxyFailure` where the proxy makes none. */
export async function openTunnel(
  proxy: HttpsProxy,
  target: Target,
  withinMs = answersWithinMs,
): Promise<Socket> {
  const { authorization, host, name, port, scheme } = proxy;
  const authority = `${isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
  return new Promise((resolve, reject) => {
    const request = (scheme === 'https' ? secureRequest : plainRequest)({
      method: 'CONNECT',
      host,
      port,
      path: authority,
      agent: false,
      // Node would take the target's, out of the header `host`.
      ...(scheme === 'https' && { servername: isIP(host) ? '' : host }),
      headers: {
        host: authority,
        ...(authorization !== undefined && { 'proxy-authorization': authorization }),
      },
    });
    const late = setTimeout(() => request.destroy(new ProxyFailure({ is: 'silent', name })), withinMs);
    request.once('connect', ({ statusCode: status = 0 }, socket: Socket, head: Buffer) => {
      clearTimeout(late);
      if (status >= 200 && status < 300) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(new ProxyFailure({ is: 'refused', name, status }));
    });
    request.once('error', (error) => {
      clearTimeout(late);
      reject(
        error instanceof ProxyFailure
          ? error
          : new ProxyFailure({ is: 'unreachable', name }, { cause: error }),
      );
    });
    request.end();
  });
}
