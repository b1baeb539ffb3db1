import { auditOfHaste } from '../../domain/audit/refusals.ts';
import { nameOfAll } from '../../domain/people/identity.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { noteRefusal } from './note-refusal.ts';

/** Whether one more command of this person is carried out now. While nobody can know, it is: it fails by itself. */
export async function mayType(
  ports: Pick<Ports, 'audit' | 'clock' | 'log' | 'people' | 'throttle'>,
  by: Person,
): Promise<boolean> {
  const may = await take(ports, by).catch((error: unknown) => {
    if (error instanceof StoreUnreachable) return true;
    throw error;
  });
  if (!may) await noteRefusal(ports, auditOfHaste(by, ports.clock()));
  return may;
}

/** Of the person, whichever of their ids they come by; where Slack cannot say, of the id. */
async function take(
  { people, throttle }: Pick<Ports, 'people' | 'throttle'>,
  { id }: Person,
): Promise<boolean> {
  const ids = await people.idsOf(id, 'showing');
  return throttle.takeCommand(nameOfAll([id, ...(ids.ok ? ids.value : [])]));
}
