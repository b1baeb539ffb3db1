import type { WebClient } from '@slack/web-api';
import { clouds } from '../azure/arm/clouds.ts';
import type { HealthBoard } from '../ops/health.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { KeptPeople } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import { boltApp } from '../slack/bolt.ts';
import type { Installation } from '../slack/wire/admission.ts';
import { admission } from '../slack/wire/admission.ts';
import { httpReceiver } from '../slack/wire/http-receiver.ts';
import type { PayloadKind } from '../slack/wire/payload-kind.ts';
import { responder } from '../slack/wire/response.ts';
import { socketReceiver } from '../slack/wire/socket-receiver.ts';
import { slackLogger } from '../slack/wire/web-client.ts';
import type { Start } from './start.ts';
import { drainMs } from './stops.ts';

export interface Hearing {
  readonly ports: Ports;
  readonly keptPeople: KeptPeople;
  readonly interactive: WebClient;
  readonly board: HealthBoard;
  readonly metrics: Metrics;
  readonly installation: Installation;
}

export async function hearSlack(
  { settings, clock, log, stops, out }: Start,
  { ports, keptPeople, interactive, board, metrics, installation }: Hearing,
): Promise<number | undefined> {
  const { apiUrl, requests } = settings.slack;
  if (!requests) return undefined;
  const hears = {
    clock,
    log,
    admit: admission({ installation, access: ports.policy.access, log }),
    onAcknowledged: (kind: PayloadKind, afterMs: number) => metrics.acknowledged(kind, afterMs),
  };
  const receiver =
    requests.over === 'http'
      ? httpReceiver({ ...requests, ...hears, onRefused: (because) => metrics.requestRefused(because) })
      : socketReceiver({
          ...requests,
          ...hears,
          apiUrl,
          out,
          onState: (state, detail) => board.report('slack requests', state, detail),
        });
  boltApp({
    receiver,
    ports,
    keptPeople,
    interactive,
    respond: responder({ apiUrl, out }),
    logger: slackLogger(log),
    portalUrl: clouds[settings.azure.cloud].portalUrl,
  });
  board.expect('slack requests', { required: true });
  const { port } = await receiver.start();
  stops.add('slack requests', async () => receiver.stop(drainMs));
  if (port !== undefined) board.report('slack requests', 'ok', `port ${port}`);
  return port;
}
