import { z } from 'zod';
import type { FailedLookup } from '../../../domain/people/person.ts';
import { exactly } from '../exactly.ts';

const unknownShape = exactly<FailedLookup>()(
  z.object({
    ok: z.literal(false),
    missingScope: z.string().exactOptional(),
    isGone: z.literal(true).exactOptional(),
  }),
);

export function lookupShape<Value>(value: z.ZodType<Value>) {
  return z.union([z.object({ ok: z.literal(true), value }), unknownShape]);
}
