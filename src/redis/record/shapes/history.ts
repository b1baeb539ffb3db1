import { z } from 'zod';
import type { PastSession } from '../../../domain/history/past-session.ts';
import { exactly } from '../exactly.ts';
import { instant, text } from './fields.ts';
import { lostReasonShape, sessionShape } from './sessions.ts';

export const pastSessionShape = exactly<PastSession>()(
  z.object({
    ref: text,
    session: sessionShape,
    host: z.object({ name: text, resourceGroup: text }),
    seenAt: instant,
    closedAt: instant,
    how: z.discriminatedUnion('is', [
      z.object({ is: z.literal('by-itself') }),
      z.object({ is: z.literal('by-bot'), requestId: text, requester: text }),
      z.object({ is: z.literal('lost'), why: lostReasonShape }),
    ]),
  }),
);
