import { z } from 'zod';
import type { Outage } from '../../../domain/alerts/outage.ts';
import { exactly } from '../exactly.ts';
import { reading } from '../stored-words.ts';
import { instant, text, version } from './fields.ts';
import { failureShape } from './hosts.ts';

export const outageShape = exactly<Outage>()(
  z.object({
    id: text,
    version,
    cause: text,
    failure: failureShape,
    since: instant,
    hosts: z.array(
      reading(
        z.object({
          hostId: text,
          name: text,
          silenceId: text,
          since: instant,
          sessions: z.int(),
          otherSince: instant.exactOptional(),
          left: z
            .object({ at: instant, because: z.enum(['read', 'other-cause', 'no-host']) })
            .exactOptional(),
        }),
      ),
    ),
    changedAt: instant,
    state: z.discriminatedUnion('is', [
      z.object({ is: z.literal('open') }),
      z.object({ is: z.literal('over'), at: instant }),
    ]),
  }),
);
