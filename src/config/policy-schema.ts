import { z } from 'zod';
import { duration } from './durations.ts';
import type { Field } from './fields.ts';
import { fieldsOf } from './fields.ts';
import {
  groupPattern,
  hostPattern,
  machinePattern,
  mappedLogin,
  protocolPatterns,
  userPattern,
} from './patterns.ts';

const channel = matching(/^[CG][A-Z0-9]+$/, 'a channel id such as C0ALERTS');
const principals = z.array(
  matching(/^([UWS][A-Z0-9]+|everyone)$/, 'a user id (U…), a user-group id (S…) or everyone'),
  'expected a list of user ids (U…), user-group ids (S…) or everyone',
);
const slackUser = matching(/^[UW][A-Z0-9]+$/, 'a Slack user id (U…)');
const address = 'an e-mail address, in which {login} stands for the login';
const yesOrNo = z.boolean('expected true or false');

const wholeDays = 'expected a whole number of days from 1 to 3650';
const days = z.int(wholeDays).min(1, wholeDays).max(3650, wholeDays);

const match = z.strictObject(
  {
    host: hostPattern.exactOptional().describe('Pattern for the name of the Bastion host'),
    resourceGroup: groupPattern.exactOptional().describe('Pattern for the resource group of the host'),
    vm: machinePattern.exactOptional().describe('Pattern for the name of the machine'),
    user: userPattern
      .exactOptional()
      .describe('Pattern for the login on the machine, with or without its domain'),
    protocol: protocolPatterns.exactOptional().describe('Protocols, e.g. `[rdp, ssh]`'),
  },
  'expected fields such as host and vm',
);

const rule = z.strictObject(
  {
    name: matching(/./, 'a name for the rule').describe('Its name, as cards show it'),
    match: match.prefault({}),
    warnAfter: duration.describe('A session open for longer raises an alert'),
  },
  'expected a rule with name and warnAfter',
);

const person = z
  .strictObject(
    {
      vmLogin: mappedLogin.describe(
        'Login on the machine, or a pattern; `fay` is also `CORP\\fay`, `AzureAD\\fay` and `fay@corp.example`',
      ),
      slack: z
        .union(
          [slackUser, z.array(slackUser).min(1, 'expected a list of Slack user ids (U…)')],
          'expected a Slack user id (U…)',
        )
        .exactOptional()
        .describe(
          'Whose login it is, as a Slack user id; several people, as a list, make it a shared login without an owner',
        ),
      email: matching(/^[^\s@]+@\S+$/, address)
        .refine((email) => !/[{}]/.test(email.replaceAll('{login}', '')), `expected ${address}`)
        .exactOptional()
        .describe('The same as an e-mail address; `{login}` stands for the login without its domain'),
    },
    'expected a person with vmLogin and either slack or email',
  )
  .refine(({ slack, email }) => (slack === undefined) !== (email === undefined), {
    error: 'expected either slack or email',
  });

export const policySchema = z.strictObject(
  {
    channels: z.strictObject(
      {
        alerts: channel.describe('Channel id for alerts'),
        approvals: channel.describe('Channel id for requests to end a session'),
      },
      'expected the channels alerts and approvals',
    ),
    access: z.strictObject(
      {
        view: principals.describe('Who sees sessions'),
        disconnect: principals.describe(
          'Who asks to end one, or ends it where no approval is needed; acknowledges and snoozes alerts',
        ),
        approve: principals.describe('Who approves and denies; never their own request'),
      },
      'expected the lists view, disconnect and approve',
    ),
    disconnect: z
      .strictObject(
        {
          approval: z
            .enum(['required', 'none', 'off'], 'expected one of required, none, off')
            .prefault('required')
            .describe(
              '`required`: a colleague approves; `none`: no approval; `off`: nothing can be ended from Slack',
            ),
          approvers: z
            .literal(1, 'expected 1, since more than one approver is not supported yet')
            .prefault(1)
            .describe('How many must approve; only 1 so far'),
          expiresAfter: duration
            .prefault('30m')
            .describe('A request that nobody decides, or that Azure keeps waiting, lapses'),
          ownerMayApprove: yesOrNo
            .prefault(false)
            .describe(
              'Whether the owner of the session, by `people` or as its Entra user, may approve its end',
            ),
          maxPerHour: z
            .int('expected a whole number from 1 on')
            .min(1, 'expected a whole number from 1 on')
            .prefault(60)
            .describe('More disconnects than these in an hour are refused'),
          tellOwner: z
            .enum(['all', 'ended', 'off'], 'expected one of all, ended, off')
            .prefault('ended')
            .describe(
              'What the owner of an ended session hears: `ended`: that, and whom to ask; `all`: who and why too; `off`: nothing',
            ),
        },
        'expected fields such as approval and expiresAfter',
      )
      .prefault({}),
    polling: z
      .strictObject(
        { every: duration.prefault('60s').describe('How often each host is read') },
        'expected the field every',
      )
      .prefault({}),
    rules: z.array(rule, 'expected a list of rules').superRefine(refuseRepeatedNames).prefault([]),
    people: z.array(person, 'expected a list of people').prefault([]),
    historyDays: days.prefault(90).describe('How many days ended sessions stay in `/bastion history`'),
  },
  'expected the fields channels and access',
);

export type PolicyFile = z.output<typeof policySchema>;

export const policyTable: readonly Field[] = fieldsOf(policySchema);

/** Fields of the contract that nobody may believe in before they are built: each stops the start. */
export const notSupportedYet: ReadonlySet<string> = new Set([
  'access.breakGlass',
  'rules[].match.tags',
  'rules[].escalateAfter',
  'rules[].repeatEvery',
  'rules[].disconnectAfter',
  'rules[].grace',
  'rules[].mention',
  'auditDays',
]);

function matching(regex: RegExp, what: string) {
  return z.string(`expected ${what}`).regex(regex, `expected ${what}`);
}

function refuseRepeatedNames(rules: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  const names = new Set<string>();
  for (const [index, { name }] of rules.entries()) {
    if (names.has(name)) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'expected a name of its own' });
    }
    names.add(name);
  }
}
