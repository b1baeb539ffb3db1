import { nearest } from '../../../src/domain/kit/nearest.ts';
import type { Name } from '../world/cast.ts';
import { people } from '../world/cast.ts';
import type { AzureCommand } from './azure-command.ts';
import { readAzureCommand } from './azure-command.ts';

/** What somebody at the prompt wants. */
export type Command =
  | { readonly do: 'nothing' | 'help' | 'quit' | 'story' }
  | { readonly do: 'hint'; readonly words: string }
  | ({ readonly do: 'azure' } & AzureCommand)
  | { readonly do: 'type'; readonly by: Name; readonly typed: string }
  | { readonly do: 'press'; readonly by: Name; readonly label: string; readonly near?: string }
  /** Fills the form and submits it; `said` is everything after the verb, in case no input was named. */
  | {
      readonly do: 'fill';
      readonly by: Name;
      readonly input: string;
      readonly text: string;
      readonly said: string;
    }
  | { readonly do: 'submit' | 'close'; readonly by: Name };

const plainWords = { help: 'help', '?': 'help', quit: 'quit', exit: 'quit', story: 'story' } as const;
const verbs = ['type', 'press', 'click', 'fill', 'submit', 'close'] as const;

export function readCommand(line: string): Command {
  const said = line.trim();
  if (said === '') return { do: 'nothing' };
  const plain = Object.entries(plainWords).find(([word]) => word === said.toLowerCase());
  if (plain) return { do: plain[1] };
  if (said.startsWith('/')) return hint(`Who types that? For example: alice: ${said}`);
  const [, first = '', rest = ''] = /^([^\s:]+)\s*:?\s*(.*)$/s.exec(said) ?? [];
  if (first.toLowerCase() === 'azure') return azure(rest);
  const by = people.find(({ name }) => name === first.toLowerCase())?.name;
  return by
    ? readAct(by, rest)
    : hint(`I do not know “${first}”.${guess(first)} Type help for what there is.`);
}

function readAct(by: Name, said: string): Command {
  const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(said) ?? [];
  if (verb.startsWith('/')) return { do: 'type', by, typed: said };
  const known = verbs.find((each) => [each, `${each}s`, `${each}es`].includes(verb.toLowerCase()));
  switch (known) {
    case 'type':
      return { do: 'type', by, typed: unquoted(rest) };
    case 'press':
    case 'click':
      return press(by, rest);
    case 'fill':
      return fill(by, rest);
    case 'submit':
    case 'close':
      return { do: known, by };
    case undefined:
      return hint(
        `What does ${by} do?${meant(verb)} For example: ${by}: /bastion sessions, or ${by} presses "Refresh".`,
      );
  }
}

function press(by: Name, said: string): Command {
  const [, label = '', near] = /^(.+?)(?:\s+near\s+(.+))?$/s.exec(said) ?? [];
  if (label === '') return hint(`Which button? For example: ${by} presses "Refresh"`);
  return { do: 'press', by, label: unquoted(label), ...(near !== undefined && { near: unquoted(near) }) };
}

function fill(by: Name, rest: string): Command {
  const said = rest.replace(/^in\s+/, '');
  if (said === '') return hint(`With what? For example: ${by} fills reason "left open over lunch"`);
  const [, input = '', text = ''] = /^([^"“\s:=]+)\s*[:=]?\s*(.*)$/s.exec(said) ?? [];
  return { do: 'fill', by, input, text: unquoted(text), said: unquoted(said) };
}

function azure(rest: string): Command {
  const command = readAzureCommand(rest);
  return 'hint' in command ? hint(command.hint) : { do: 'azure', ...command };
}

function guess(word: string): string {
  const known = nearest(word, [...people.map(({ name }) => name), ...Object.keys(plainWords), 'azure']);
  return known === undefined ? '' : ` Did you mean ${known}?`;
}

function meant(verb: string): string {
  const known = nearest(verb, verbs);
  return known === undefined ? '' : ` Did you mean “${known}”?`;
}

function unquoted(text: string): string {
  return text.trim().replace(/^["“'](.*)["”']$/s, '$1');
}

function hint(words: string): Command {
  return { do: 'hint', words };
}
