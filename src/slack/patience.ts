import type { Lookup } from '../domain/people/person.ts';
import type { People } from '../ports/people.ts';

/** Of the three seconds in which Slack wants to be answered, so much is for its own word about people. */
const waitsMs = 1500;

/** What Slack has not said in time, it does not say, and the answer is no. The question goes on, for the next click. */
export function patientPeople(people: People): People {
  const endsAt = performance.now() + waitsMs;
  const inTime = async <Value>(asked: Promise<Lookup<Value>>): Promise<Lookup<Value>> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Lookup<Value>>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false }), Math.max(0, endsAt - performance.now()));
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    membersOf: async (groupId, purpose) => inTime(people.membersOf(groupId, purpose)),
    person: async (id, purpose) => inTime(people.person(id, purpose)),
    byEmail: async (email, purpose) => inTime(people.byEmail(email, purpose)),
    idsOf: async (id, purpose) => inTime(people.idsOf(id, purpose)),
  };
}
