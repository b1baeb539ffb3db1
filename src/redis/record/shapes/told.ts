import { z } from 'zod';
import type { Untold } from '../../../domain/people/person.ts';
import { exactly } from '../exactly.ts';

const unknownShape = exactly<Untold>()(
  z.object({
    ok: z.literal(false),
    missingScope: z.string().exactOptional(),
    isGone: z.literal(true).exactOptional(),
  }),
);

/** What Slack answered, or that it could not. */
export function toldShape<Value>(value: z.ZodType<Value>) {
  return z.union([z.object({ ok: z.literal(true), value }), unknownShape]);
}
