import { duration } from '../../../src/config/durations.ts';
import { nearest } from '../../../src/domain/kit/nearest.ts';

/** What is to happen in Azure; hosts and sessions are named as the person at the prompt named them. */
export type AzureCommand =
  | { readonly azure: 'show' }
  | {
      readonly azure: 'start';
      readonly vm: string;
      readonly login?: string;
      readonly ageMs?: number;
      readonly protocol?: 'rdp' | 'ssh';
      readonly host?: string;
    }
  | { readonly azure: 'end'; readonly session: string }
  | { readonly azure: Weather | 'heal'; readonly host: string };

/** What can be wrong with a host. */
export type Weather = (typeof weathers)[number];

const weathers = ['silence', 'forbid', 'throttle'] as const;

const verbs = ['start', 'end', ...weathers, 'heal'] as const;

export function readAzureCommand(said: string): AzureCommand | { readonly hint: string } {
  const [verb = '', ...words] = said.split(/\s+/).map((word) => word.replaceAll(/["“”]/g, ''));
  const [first = ''] = words;
  const known = verbs.find((each) => each === verb.toLowerCase());
  if (verb === '') return { azure: 'show' };
  if (known === undefined) {
    const meant = nearest(verb, verbs);
    const guess = meant === undefined ? '' : ` Did you mean ${meant}?`;
    return { hint: `Azure cannot “${verb}” here.${guess} It can: ${verbs.join(', ')}.` };
  }
  switch (known) {
    case 'start':
      return readStart(words);
    case 'end':
      return first === ''
        ? { hint: 'Which session? For example: azure end vm-web-1' }
        : { azure: known, session: first };
    case 'silence':
    case 'forbid':
    case 'throttle':
    case 'heal':
      return first === ''
        ? { hint: `Which host? For example: azure ${known} bastion-prod` }
        : { azure: known, host: first };
  }
}

/** `vm-x login dba 3h rdp on bastion-prod`: the machine first, the rest in any order or left out. */
function readStart([vm = '', ...words]: readonly string[]): AzureCommand | { readonly hint: string } {
  if (vm === '') return { hint: 'On which machine? For example: azure start vm-db-2 login dba 3h' };
  let start: Extract<AzureCommand, { azure: 'start' }> = { azure: 'start', vm };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const name = word.toLowerCase();
    const age = duration.safeParse(name);
    const protocol = (['rdp', 'ssh'] as const).find((each) => each === name);
    if (age.success) start = { ...start, ageMs: age.data };
    else if (protocol) start = { ...start, protocol };
    else if (/^(login|as)$/i.test(word)) start = { ...start, login: left.shift() ?? '' };
    else if (/^(on|through|host)$/i.test(word)) start = { ...start, host: left.shift() ?? '' };
    else {
      return {
        hint: `I do not understand “${word}”. For example: azure start ${vm} login dba 3h rdp on bastion-prod`,
      };
    }
  }
  return start;
}
