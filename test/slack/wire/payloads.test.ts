import { describe, expect, it } from '@jest/globals';
import {
  clickPayload,
  commandPayload,
  formPayload,
  homeOpenedPayload,
} from '../../../src/slack/wire/payloads.ts';
import { groupChangedPayload, personChangedPayload } from '../../../src/slack/wire/people-payloads.ts';

const long = 'U'.repeat(300);
const by = (id: string) => ({ user: { id, team_id: 'T0TEAM' } });
const press = { trigger_id: '1.2.abc', actions: [{ action_id: 'approve', value: 'x' }] };
const sent = { trigger_id: '1.2.abc', view: { callback_id: 'ask' } };
const typed = { user_id: 'U0ALICE', team_id: '', response_url: 'https://hooks.slack.com/x' };

/** What is read becomes a key of Redis, is remembered for minutes, or stands in the log and on record. */
describe('an id in a payload', () => {
  it.each([
    ['a command', commandPayload, { ...typed, trigger_id: '1.2.abc' }],
    ['a click', clickPayload, { ...by('U0ALICE'), ...press }],
    ['a form', formPayload, { ...by('U0ALICE'), ...sent }],
    ['a home', homeOpenedPayload, { event: { user: 'U0ALICE', tab: 'home' } }],
    ['a group', groupChangedPayload, { event: { subteam_id: 'S0OPS' } }],
    ['a person', personChangedPayload, { event: { user: { id: 'U0ALICE', enterprise_user: { id: '' } } } }],
  ])('is read as Slack makes it, in %s', (_, shape, payload) => {
    expect(shape.safeParse(payload).success).toBe(true);
  });

  it.each([
    ['of who types', commandPayload, { ...typed, user_id: long }],
    ['of what is typed', commandPayload, { ...typed, trigger_id: long }],
    ['of who clicks', clickPayload, { ...by(long), ...press }],
    ['of a click', clickPayload, { ...by('U0ALICE'), ...press, trigger_id: long }],
    ['of a button', clickPayload, { ...by('U0ALICE'), ...press, actions: [{ action_id: long }] }],
    [
      'in a button',
      clickPayload,
      { ...by('U0ALICE'), ...press, actions: [{ action_id: 'a', value: long.repeat(10) }] },
    ],
    ['of who sends a form', formPayload, { ...by(long), ...sent }],
    ['of a form', formPayload, { ...by('U0ALICE'), view: { callback_id: long } }],
    ['of whose home it is', homeOpenedPayload, { event: { user: long, tab: 'home' } }],
    ['of a group', groupChangedPayload, { event: { subteam: { id: long } } }],
    ['of a person', personChangedPayload, { event: { user: { id: long } } }],
    [
      'of a person elsewhere',
      personChangedPayload,
      { event: { user: { id: 'U0A', enterprise_user: { id: long } } } },
    ],
  ])('is not read as long as its sender likes: %s', (_, shape, payload) => {
    expect(shape.safeParse(payload).success).toBe(false);
  });
});
