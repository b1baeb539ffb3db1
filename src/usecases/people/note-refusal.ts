import type { AuditEntry } from '../../domain/audit/entry.ts';
import type { Ports } from '../../ports/ports.ts';
import { withIds } from './with-ids.ts';

/** Puts a refusal on record; the log says no more than the record does. */
export async function noteRefusal(
  { audit, log, people }: Pick<Ports, 'audit' | 'log' | 'people'>,
  refused: AuditEntry,
): Promise<void> {
  const entry = await withIds({ people }, refused);
  if (await audit.refuse(entry)) log.info({ ...entry }, 'refused');
}
