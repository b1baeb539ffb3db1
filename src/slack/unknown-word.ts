import { nearest } from '../domain/kit/nearest.ts';
import type { MenuEntry, Unknown } from './kit/help.ts';

const keyed = /^(\p{L}+)[:=]/u;

/** What was probably meant by something that begins with no word of the menu; the first of the menu takes all that is left. */
export function guessUnknown(typed: string, menu: readonly [MenuEntry, ...MenuEntry[]]): Unknown {
  const [word = ''] = typed.match(/\S+/) ?? [];
  const [, name] = keyed.exec(word) ?? [];
  const takesIt = name === undefined ? undefined : menu.find((entry) => takes(entry, name.toLowerCase()));
  const near = takesIt
    ? undefined
    : nearest(
        word,
        menu.map((entry) => entry.name),
      );
  if (near !== undefined) {
    return { because: 'misspelt', command: near, meant: `${near}${typed.trimStart().slice(word.length)}` };
  }
  const [usual] = menu;
  const command = (takesIt ?? usual).name;
  return { because: name === undefined ? 'words' : 'filter', command, meant: `${command} ${typed.trim()}` };
}

/** Keys may be cut short. */
function takes({ filters }: MenuEntry, name: string): boolean {
  return filters.some(({ key }) => key.startsWith(name));
}
