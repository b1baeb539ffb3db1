import { nearest } from '../domain/kit/nearest.ts';
import type { Person } from '../domain/people/person.ts';
import type { Ports } from '../ports/ports.ts';
import type { Command } from './command.ts';
import { history } from './history/command.ts';
import { helpView } from './kit/help.ts';
import type { Message } from './kit/message.ts';
import { sessions } from './sessions/command.ts';

const help: Command = {
  usage: 'help',
  summary: 'This list',
  run: () => Promise.resolve(helpView(menuEntries())),
};

/** The menu: every word after `/bastion`. */
const menu: ReadonlyMap<string, Command> = new Map([
  ['sessions', sessions],
  ['history', history],
  ['help', help],
]);

/** What can be typed, for help and completion. */
export const menuEntries = () => [...menu.values()].map(({ usage, summary }) => ({ usage, summary }));

/** Runs what was typed after `/bastion`; nothing typed means `sessions`. */
export async function runCommand(ports: Ports, by: Person, text: string): Promise<Message> {
  const [word = 'sessions'] = text.match(/\S+/) ?? [];
  const command = menu.get(word.toLowerCase());
  if (command) return command.run(ports, { by, text: text.trimStart().slice(word.length) });
  const guess = nearest(word.toLowerCase(), [...menu.keys()]);
  return helpView(menuEntries(), { word, ...(guess !== undefined && { nearest: guess }) });
}
