import type { WorldOptions } from '../../simulator/slack/world.ts';

/** Everybody lives where the demo runs, so the clock on the wall and the one in Slack agree. */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** Who there is in the demo's Slack, and what each is there for. */
export const people = [
  { id: 'U0ALICE', name: 'alice', part: 'operator: sees sessions and asks to end them' },
  { id: 'U0BOB', name: 'bob', part: 'lead: an operator who also approves' },
  { id: 'U0CAROL', name: 'carol', part: 'no rights: a developer who is not on call' },
  { id: 'U0DANA', name: 'dana', part: 'operator, like Alice' },
] as const;

export const slackWorld: WorldOptions = {
  people: people.map(({ id, name }) => ({ id, name, timeZone })),
  groups: [
    { id: 'S0OPS', handle: 'operators', members: ['U0ALICE', 'U0BOB', 'U0DANA'] },
    { id: 'S0LEADS', handle: 'leads', members: ['U0BOB'] },
  ],
  channels: [
    { id: 'C0ALERTS', name: 'alerts', members: ['U0ALICE', 'U0BOB', 'U0DANA'] },
    { id: 'C0APPROVE', name: 'approvals', members: ['U0ALICE', 'U0BOB', 'U0DANA'] },
  ],
};

/** One limit is short enough to wait for; the others are those of real life. */
export const policy = {
  channels: { alerts: 'C0ALERTS', approvals: 'C0APPROVE' },
  access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
  disconnect: { approval: 'required', expiresAfter: '2m' },
  polling: { every: '2s' },
  rules: [
    { name: 'databases', match: { vm: 'vm-db-*' }, warnAfter: '12s' },
    { name: 'production', match: { host: 'bastion-prod' }, warnAfter: '4h' },
    { name: 'everything-else', warnAfter: '8h' },
  ],
  people: [{ vmLogin: '*', email: '{login}@example.com' }],
};

export type Name = (typeof people)[number]['name'];

export function called(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
