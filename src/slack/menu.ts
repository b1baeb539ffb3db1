import { typed } from '../domain/kit/typed.ts';
import type { Ports } from '../ports/ports.ts';
import { mayType } from '../usecases/people/may-type.ts';
import { filterHelp } from '../wording/filter-help.ts';
import type { Command, CommandInput } from './command.ts';
import { history } from './history/command.ts';
import { asTyped } from './kit/as-typed.ts';
import type { MenuEntry } from './kit/help.ts';
import { helpView } from './kit/help.ts';
import type { Message } from './kit/message.ts';
import { tooFast } from './kit/too-fast.ts';
import { sessions } from './sessions/command.ts';
import { guessUnknown } from './unknown-word.ts';

const help: Command = {
  summary: 'This list',
  filters: [],
  run: (_ports, { command }) => Promise.resolve(helpView(menuEntries(), undefined, command)),
};

/** Every word after `/bastion`; the first is meant where none is typed. */
const menu = [
  ['sessions', sessions],
  ['history', history],
  ['help', help],
] as const satisfies readonly (readonly [string, Command])[];

export function menuEntries(): readonly [MenuEntry, ...MenuEntry[]] {
  const [first, ...others] = menu;
  return [entry(first), ...others.map(entry)];
}

function entry([name, { summary, filters }]: readonly [string, Command]): MenuEntry {
  return { name, summary, filters: filters.map(filterHelp) };
}

/** Runs what was typed after the slash command, unless that comes faster than a person types; `text` as Slack sent it. */
export async function runCommand(ports: Ports, { by, command, text }: CommandInput): Promise<Message> {
  if (!(await mayType(ports, by))) return tooFast;
  const plain = typed(asTyped(text)).trim();
  const [word = menu[0][0]] = plain.match(/\S+/) ?? [];
  const [, chosen] = menu.find(([name]) => name === word.toLowerCase()) ?? [];
  if (chosen) return chosen.run(ports, { by, command, text: plain.slice(word.length) });
  return helpView(menuEntries(), guessUnknown(plain, menuEntries()), command);
}
