import type { ShownCommand, ShownFilter } from '../shown.ts';

/** The word that reaches the bot. */
export const command = '/bastion';

/** What the text in the box can become. */
export interface Completion {
  readonly of: 'Commands' | 'Filters';
  readonly offers: readonly Offer[];
}

export interface Offer {
  /** All that stands in the box once it is taken. */
  readonly text: string;
  /** The part of it that is new. */
  readonly shown: string;
  readonly about: string;
}

const nothing: Completion = { of: 'Commands', offers: [] };

export function completionOf(typed: string, commands: readonly ShownCommand[]): Completion {
  if (!typed.startsWith('/')) return nothing;
  const [, head = '', name, rest = ''] = /^(\/bastion\s+(\S+)\s+)(.*)$/s.exec(typed) ?? [];
  if (name !== undefined) {
    const filters = commands.find((each) => each.name === name.toLowerCase())?.filters ?? [];
    return { of: 'Filters', offers: filterOffers(head, rest, filters) };
  }
  const wanted = typed.trimEnd();
  const offers = commands
    .map((each) => ({ text: `${command} ${each.name}`, about: each.summary }))
    .filter(({ text }) => text.startsWith(wanted) && text !== wanted)
    .map((offer) => ({ ...offer, shown: offer.text }));
  return { of: 'Commands', offers };
}

/** For the last word: the keys that it may become and that do not stand there yet, or what may stand after its colon. */
function filterOffers(head: string, rest: string, filters: readonly ShownFilter[]): readonly Offer[] {
  const isQuoting = rest.split('"').length % 2 === 0;
  if (isQuoting) return [];
  const [word = ''] = /\S*$/.exec(rest) ?? [];
  const before = head + rest.slice(0, rest.length - word.length);
  const [, key, value = ''] = /^([^:]+):(.*)$/s.exec(word) ?? [];
  if (key !== undefined) {
    const values = filters.find((filter) => filter.key === key)?.values ?? [];
    return values
      .filter((each) => each.startsWith(value) && each !== value)
      .map((each) => ({ text: `${before}${key}:${each} `, shown: `${key}:${each}`, about: '' }));
  }
  return filters
    .map((filter) => ({ ...filter, shown: `${filter.key}:` }))
    .filter(({ shown }) => shown.startsWith(word) && !before.includes(` ${shown}`))
    .map(({ shown, about }) => ({ text: before + shown, shown, about }));
}
