import { auditOfHaste } from '../../domain/audit/refusals.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { noteRefusal } from './note-refusal.ts';

/** Whether one more command of this person is carried out now. While nobody can know, it is: it fails by itself. */
export async function mayType(
  ports: Pick<Ports, 'audit' | 'clock' | 'log' | 'people' | 'throttle'>,
  by: Person,
): Promise<boolean> {
  const may = await ports.throttle.takeCommand(by.id).catch((error: unknown) => {
    if (error instanceof StoreUnreachable) return true;
    throw error;
  });
  if (!may) await noteRefusal(ports, auditOfHaste(by, ports.clock()));
  return may;
}
