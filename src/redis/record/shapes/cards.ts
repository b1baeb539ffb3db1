import { z } from 'zod';
import type { Card, MessageRef } from '../../../domain/cards/card.ts';
import type { CardKey } from '../../../domain/cards/kinds.ts';
import { readWrittenKey } from '../../../domain/cards/kinds.ts';
import { exactly } from '../exactly.ts';
import { instant, text, version } from './fields.ts';

const messageShape = exactly<MessageRef>()(z.object({ channel: text, message: text }));

export const cardShape = exactly<Card>()(
  z.object({
    key: z
      .object({ subject: text, id: text, role: text })
      .transform(readWrittenKey)
      .pipe(z.custom<CardKey>((key) => key !== undefined)),
    version,
    message: messageShape.exactOptional(),
    extras: z.array(messageShape).exactOptional(),
    shown: version,
    posting: z.object({ since: instant }).exactOptional(),
    trouble: z.object({ code: text, since: instant }).exactOptional(),
  }),
);
