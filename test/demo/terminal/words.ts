import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { called, people, policy } from '../world/cast.ts';

/** What a newcomer reads first. */
export function introduction(azure: AzureSimulator, pageUrl: string, adminUrl: string): readonly string[] {
  const limits = policy.rules.map(({ name, warnAfter }) => `${name} ${warnAfter}`);
  return [
    'Bastion Bot, the demo. Slack and Azure are simulated, the bot is real.',
    'Nothing leaves this machine.',
    '',
    ...people.map(({ name, part }) => `${called(name).padEnd(7)} ${part}`),
    `Hosts   ${azure
      .hosts()
      .map(({ name }) => name)
      .join(', ')}`,
    `Limits  ${limits.join(', ')}`,
    `Page    ${pageUrl}`,
    `Health  ${adminUrl}/readyz and /metrics, as in production`,
    '',
    'Open the page to see it all as in Slack, in as many windows as you like.',
    'A story plays by itself. Click there, or type a line here, to take over: help lists what there is.',
    'Ctrl-C ends the demo.',
  ];
}

export const help: readonly string[] = [
  'Be somebody in Slack: alice, bob, carol or dana.',
  '  alice: /bastion sessions                 types a command',
  '  bob presses "Approve & disconnect"       in the newest message that has it',
  '  alice presses "Request" near "vm-web-1"  a label begins so; near picks the row',
  '  alice fills reason "left open"           fills in the form and submits it',
  '  alice closes                             closes the form',
  'Be Azure.',
  '  azure                                    its hosts and sessions as they are',
  '  azure start vm-db-2 login dba 3h rdp on bastion-shared',
  '                                           only the machine is needed',
  '  azure end vm-db-2',
  '  azure silence bastion-prod               or forbid, or throttle; then heal',
  'And: story (plays it again), help, quit.',
];

export const yourTurn: readonly string[] = [
  'That was the story. The world lives on, and you can be anybody in it. For example:',
  '  alice: /bastion sessions from:10.1.*',
  '  azure start vm-db-2 login dba',
  '  azure silence bastion-prod',
  'help lists everything, Ctrl-C ends the demo.',
];

export const youDrive = 'The story stops here: you drive now. (story plays it again from the start)';
