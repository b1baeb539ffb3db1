import { expect, it } from '@jest/globals';
import type { Command } from './command.ts';
import { readCommand } from './command.ts';

const lines: readonly (readonly [typed: string, meant: Command])[] = [
  ['', { do: 'nothing' }],
  ['  HELP ', { do: 'help' }],
  ['exit', { do: 'quit' }],
  ['alice: /bastion sessions', { do: 'type', by: 'alice', typed: '/bastion sessions' }],
  ['Alice types /bastion sessions', { do: 'type', by: 'alice', typed: '/bastion sessions' }],
  ['bob presses "Approve & disconnect"', { do: 'press', by: 'bob', label: 'Approve & disconnect' }],
  ['bob: press deny', { do: 'press', by: 'bob', label: 'deny' }],
  ['bob clicks Deny near vm-db-1', { do: 'press', by: 'bob', label: 'Deny', near: 'vm-db-1' }],
  [
    'alice fills reason "left open"',
    { do: 'fill', by: 'alice', input: 'reason', text: 'left open', said: 'reason "left open"' },
  ],
  ['alice fills in “over lunch”', { do: 'fill', by: 'alice', input: '', text: '', said: 'over lunch' }],
  ['dana submits', { do: 'submit', by: 'dana' }],
  ['dana closes', { do: 'close', by: 'dana' }],
  ['azure', { do: 'azure', azure: 'show' }],
  ['azure start vm-x', { do: 'azure', azure: 'start', vm: 'vm-x' }],
  [
    'Azure start vm-x on bastion-prod RDP login dba 3H',
    {
      do: 'azure',
      azure: 'start',
      vm: 'vm-x',
      login: 'dba',
      ageMs: 3 * 3_600_000,
      protocol: 'rdp',
      host: 'bastion-prod',
    },
  ],
  ['azure throttle bastion-prod', { do: 'azure', azure: 'throttle', host: 'bastion-prod' }],
];

it.each(lines)('“%s” is understood', (typed, meant) => {
  expect(readCommand(typed)).toEqual(meant);
});

it.each([
  ['hlep', 'Did you mean help?'],
  ['bbo: /bastion', 'Did you mean bob?'],
  ['bob prses Deny', 'Did you mean “press”?'],
  ['bob presses', 'Which button?'],
  ['alice fills', 'With what?'],
  ['/bastion sessions', 'alice: /bastion sessions'],
  ['azure strat vm-x', 'Did you mean start?'],
  ['azure start', 'On which machine?'],
  ['azure start vm-x tomorrow', 'I do not understand “tomorrow”'],
  ['azure heal', 'Which host?'],
])('“%s” is answered with help', (typed, words) => {
  expect(readCommand(typed)).toMatchObject({ do: 'hint', words: expect.stringContaining(words) });
});
