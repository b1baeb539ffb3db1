import { NetworkManagementClient } from '@azure/arm-network';
import type { BastionHost } from '../../src/domain/hosts/host.ts';
import { measuredAzure } from './azure.ts';
import { onStage } from './stage.ts';
import type { Line } from './table.ts';
import { range } from './table.ts';

const sessionsEach = 50;
const times = 5;
const allowedMs = 150;
const cases = [100, 500, 1500].flatMap((readyAfterMs) => [
  { name: `bastion-${readyAfterMs}`, style: { readyAfterMs } },
  { name: `bastion-${readyAfterMs}-slow`, style: { readyAfterMs, retryAfter: 10 } },
]);
const warm = { name: 'bastion-warm', style: { answer: 'sync' } } as const;

/** How long somebody waits for the list of one host while Azure makes it: by our steps, and by the SDK's. */
export async function measureHostList(): Promise<readonly Line[]> {
  return onStage({ hosts: [warm, ...cases], sessionsEach }, async (stage) => {
    const { bastion, credential, credentialScopes, endpoint } = measuredAzure(stage);

    const ours = async (host: BastionHost) => {
      const reading = await bastion.readSessions(host, 'waiting');
      return reading.ok ? reading.sessions.length : reading.failure.kind;
    };
    const theirs = async ({ name, resourceGroup, subscriptionId }: BastionHost) => {
      const client = new NetworkManagementClient(credential, subscriptionId, { endpoint, credentialScopes });
      let listed = 0;
      for await (const session of client.beginListActiveSessionsAndWait(resourceGroup, name)) {
        if (session.sessionId) listed += 1;
      }
      return listed;
    };
    const [warmHost, ...hosts] = stage.hosts;
    if (warmHost) for (const list of [ours, theirs]) await secondsOf(list, warmHost);
    const ourSeconds: number[][] = [];
    for (const host of hosts) {
      const taken: number[] = [];
      while (taken.length < times) taken.push(await secondsOf(ours, host));
      ourSeconds.push(taken);
    }
    // Nearly all of it is waiting: these may wait together.
    const sdkSeconds = await Promise.all(hosts.map(async (host) => secondsOf(theirs, host)));
    return cases.map(({ style }, index): Line => {
      const taken = ourSeconds[index] ?? [];
      const most = (style.readyAfterMs + allowedMs) / 1000;
      const word = 'retryAfter' in style ? `, Retry-After: ${style.retryAfter}` : '';
      return {
        measurement: `list of one host, ready after ${style.readyAfterMs / 1000} s${word}`,
        reached: `${range(taken, 2)} s; the SDK's iterator ${sdkSeconds[index]?.toFixed(2)} s`,
        target: `≤ ${most.toFixed(2)} s`,
        isMet: Math.max(...taken) <= most,
      };
    });
  });
}

async function secondsOf(
  list: (host: BastionHost) => Promise<number | string>,
  host: BastionHost,
): Promise<number> {
  const begunAt = performance.now();
  const listed = await list(host);
  if (listed !== sessionsEach) throw new Error(`not ${sessionsEach} sessions: ${listed}`);
  return (performance.now() - begunAt) / 1000;
}
