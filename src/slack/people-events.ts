import type { App } from '@slack/bolt';
import type { KeptPeople } from '../ports/people.ts';
import { groupChangedPayload, personChangedPayload } from './wire/people-payloads.ts';

/** A change of somebody's status tells as much, thousands of times a day: to forget them costs one command, and they are asked about again. */
export function hearOfPeople(app: App, people: KeptPeople): void {
  app.event('subteam_members_changed', async ({ body }) => {
    await people.forgetGroup(groupChangedPayload.parse(body).groupId);
  });
  app.event('subteam_updated', async ({ body }) => {
    await people.forgetGroup(groupChangedPayload.parse(body).groupId);
  });
  app.event('user_change', async ({ body }) => {
    await people.forgetPerson(personChangedPayload.parse(body));
  });
}
