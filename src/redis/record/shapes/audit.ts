import { z } from 'zod';
import type { AuditedSession, AuditEntry } from '../../../domain/audit/entry.ts';
import { exactly } from '../exactly.ts';
import { instant, text } from './fields.ts';

const auditedSessionShape = exactly<AuditedSession>()(
  z.object({ hostId: text, sessionId: text, startedAt: instant, vm: text, vmLogin: text }),
);

export const auditEntryShape = exactly<AuditEntry>()(
  z.object({
    at: instant,
    by: text,
    ids: z.array(text).exactOptional(),
    what: text,
    requestId: text.exactOptional(),
    batchId: text.exactOptional(),
    alertId: text.exactOptional(),
    session: auditedSessionShape.exactOptional(),
    sessions: z.int().exactOptional(),
    why: text.exactOptional(),
    until: instant.exactOptional(),
    count: z.int().exactOptional(),
  }),
);
