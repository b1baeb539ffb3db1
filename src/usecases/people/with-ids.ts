import type { AuditEntry } from '../../domain/audit/entry.ts';
import { byTheBot } from '../../domain/audit/entry.ts';
import type { Ports } from '../../ports/ports.ts';

export async function withIds({ people }: Pick<Ports, 'people'>, entry: AuditEntry): Promise<AuditEntry> {
  if (entry.by === byTheBot) return entry;
  const ids = await people.idsOf(entry.by, 'deciding');
  return ids.ok && ids.value.length > 1 ? { ...entry, ids: ids.value } : entry;
}
