import { newId } from './ids.ts';
import { Refusal } from './refusal.ts';

const livesForMs = 3000;

/** What lets an app open a modal before somebody: for three seconds, and once. */
export interface Triggers {
  issue(personId: string): string;
  /** The person it was issued for. */
  exchange(triggerId: string): string;
}

export function createTriggers(clock: () => number): Triggers {
  const issued = new Map<string, { readonly personId: string; readonly at: number; used: boolean }>();
  return {
    issue: (personId) => {
      const id = `${newId('')}.${String(clock())}`;
      issued.set(id, { personId, at: clock(), used: false });
      return id;
    },
    exchange: (triggerId) => {
      const trigger = issued.get(triggerId);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (clock() - trigger.at > livesForMs) throw new Refusal('expired_trigger_id');
      trigger.used = true;
      return trigger.personId;
    },
  };
}
