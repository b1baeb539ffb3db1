import { z } from 'zod';
import type { Card, MessageRef, Place } from '../../../domain/cards/card.ts';
import type { CardKey } from '../../../domain/cards/kinds.ts';
import { readWrittenKey } from '../../../domain/cards/kinds.ts';
import { exactly } from '../exactly.ts';
import { instant, text, version } from './fields.ts';

const messageShape = exactly<MessageRef>()(
  z.object({ channel: text, message: text, thread: text.exactOptional() }),
);

const placeShape = exactly<Place>()(
  z.union([z.object({ channel: text, thread: text.exactOptional() }), z.object({ user: text })]),
);

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
    posting: z.object({ since: instant, to: placeShape.exactOptional() }).exactOptional(),
    editing: z.array(instant).exactOptional(),
    lost: z
      .array(z.object({ since: instant, to: placeShape.exactOptional(), lookAt: instant.exactOptional() }))
      .exactOptional(),
    left: z
      .array(z.object({ message: messageShape, at: instant, isTold: z.literal(true).exactOptional() }))
      .exactOptional(),
    trouble: z.object({ code: text, since: instant }).exactOptional(),
  }),
);
