import { sortOrders, usualOrder } from '../domain/sessions/filter.ts';
import type { FilterKey } from '../domain/sessions/filter-text.ts';

/** What can be typed after a command besides words: `since` only where the command tells of the past. */
export type TypedKey = FilterKey | 'since';

export interface FilterHelp {
  readonly key: TypedKey;
  /** As it is typed, with an example where it takes nothing else. */
  readonly typed: string;
  /** Few words: a line of a phone holds some forty letters. */
  readonly about: string;
  readonly values: readonly string[];
}

/** The usual one needs no typing. */
const otherOrders = sortOrders.filter((order) => order !== usualOrder);

const known: Readonly<Record<TypedKey, Omit<FilterHelp, 'key'>>> = {
  host: { typed: 'host:', about: 'the Bastion host', values: [] },
  vm: { typed: 'vm:', about: 'the machine', values: [] },
  user: { typed: 'user:', about: 'the login on the machine', values: [] },
  entra: { typed: 'entra:', about: 'the Entra user', values: [] },
  from: { typed: 'from:', about: 'the address they come from', values: [] },
  protocol: { typed: 'protocol:', about: 'rdp or ssh', values: ['rdp', 'ssh'] },
  older: { typed: 'older:4h', about: 'what lasts at least so long', values: ['1h', '4h', '1d'] },
  since: { typed: 'since:7d', about: 'how far back', values: ['1d', '7d', '30d'] },
  sort: { typed: 'sort:', about: either(otherOrders), values: otherOrders },
  group: { typed: 'group:host', about: 'host by host', values: ['host'] },
};

export function filterHelp(key: TypedKey): FilterHelp {
  return { key, ...known[key] };
}

function either(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
}
