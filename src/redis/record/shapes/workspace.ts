import { z } from 'zod';
import type { StoreOwner } from '../../../domain/people/workspace.ts';
import { exactly } from '../exactly.ts';
import { text, version } from './fields.ts';

export const storeOwnerShape = exactly<StoreOwner>()(
  z.object({
    version,
    teamId: text,
    teamName: text,
    enterpriseId: text.exactOptional(),
    botUserId: text,
    appId: text.exactOptional(),
    tokens: z.array(text),
  }),
);
