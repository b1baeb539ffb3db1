import { z } from 'zod';
import type { AzureFailure } from '../../../domain/hosts/azure-failure.ts';
import type { BastionHost, DiscoveryProblem, LastDiscovery } from '../../../domain/hosts/host.ts';
import type { ProxyTrouble } from '../../../domain/hosts/proxy-trouble.ts';
import { exactly } from '../exactly.ts';
import { instant, text } from './fields.ts';

const referenced = { reference: text.exactOptional(), retryAt: instant.exactOptional() };

const proxyTroubleShape = exactly<ProxyTrouble>()(
  z.discriminatedUnion('is', [
    z.object({ is: z.literal('refused'), name: text, status: z.number() }),
    z.object({ is: z.literal('unreachable'), name: text }),
    z.object({ is: z.literal('silent'), name: text }),
  ]),
);

export const failureShape = exactly<AzureFailure>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('forbidden'), action: text, ...referenced }),
    z.object({
      kind: z.literal('throttled'),
      of: z.enum(['subscription', 'host']).exactOptional(),
      ...referenced,
      retryAt: instant,
    }),
    z.object({ kind: z.literal('unreachable'), proxy: proxyTroubleShape.exactOptional(), ...referenced }),
    z.object({ kind: z.literal('unsupported'), code: text, ...referenced }),
    z.object({ kind: z.literal('not-understood'), what: text, ...referenced }),
    z.object({ kind: z.literal('failed'), code: text, ...referenced }),
    z.object({
      kind: z.literal('signed-out'),
      because: z.enum(['no-token', 'refused', 'same-token']).exactOptional(),
      ...referenced,
    }),
    z.object({
      kind: z.literal(['host-gone', 'busy', 'locked', 'timed-out', 'record-unreadable']),
      ...referenced,
    }),
  ]),
);

export const hostShape = exactly<BastionHost>()(
  z.object({
    id: text,
    name: text,
    resourceGroup: text,
    subscriptionId: text,
    location: text,
    provisioningState: text.exactOptional(),
    sku: text.exactOptional(),
  }),
);

const problemShape = exactly<DiscoveryProblem>()(z.object({ scope: text, failure: failureShape }));

export const discoveryShape = exactly<LastDiscovery>()(
  z.object({ at: instant, problems: z.array(problemShape) }),
);
