import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';

/** Whether one more command of this person is carried out now. While nobody can know, it is: it fails by itself. */
export async function mayType({ throttle }: Pick<Ports, 'throttle'>, by: Person): Promise<boolean> {
  return throttle.takeCommand(by.id).catch((error: unknown) => {
    if (error instanceof StoreUnreachable) return true;
    throw error;
  });
}
