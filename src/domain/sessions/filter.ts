import type { BastionHost } from '../hosts/host.ts';
import { textPattern } from '../kit/text-pattern.ts';
import type { Session } from './session.ts';
import { ageMs } from './session.ts';

/** Which sessions somebody wants to see, and in which order. Patterns are those of `textPattern`. */
export interface SessionFilter {
  /** Each has to fit the VM, the login, the host, the resource group or the protocol. */
  readonly words: readonly string[];
  /** Where a field has patterns, one of them has to fit. */
  readonly fields: Readonly<Record<FilterField, readonly string[]>>;
  readonly olderThanMs?: number;
  /** By age where absent. */
  readonly sort?: SortOrder | undefined;
  readonly groupByHost: boolean;
}

export const filterFields = ['host', 'user', 'vm', 'protocol'] as const;
export type FilterField = (typeof filterFields)[number];

/** `age`: the longest first; the others by name. */
export const sortOrders = ['age', 'host', 'vm', 'user'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Leaves nothing out. */
export const noFilter: SessionFilter = {
  words: [],
  fields: { host: [], user: [], vm: [], protocol: [] },
  groupByHost: false,
};

/** Whether it leaves anything out. */
export function isNarrow({ words, fields, olderThanMs }: SessionFilter): boolean {
  return (
    words.length > 0 || olderThanMs !== undefined || Object.values(fields).some(({ length }) => length > 0)
  );
}

export function filterTest(
  { words, fields, olderThanMs = 0 }: SessionFilter,
  now: number,
): (session: Session, host: Pick<BastionHost, 'name' | 'resourceGroup'>) => boolean {
  const wordFits = words.map(textPattern);
  const fieldFits = filterFields.flatMap((field) =>
    fields[field].length > 0 ? [{ field, fits: fields[field].map(textPattern) }] : [],
  );
  if (wordFits.length === 0 && fieldFits.length === 0) return (session) => ageMs(session, now) >= olderThanMs;
  return (session, host) => {
    if (ageMs(session, now) < olderThanMs) return false;
    const named = { host: host.name, user: session.vmLogin, vm: session.vm.name, protocol: session.protocol };
    if (!fieldFits.every(({ field, fits }) => fits.some((one) => one(named[field])))) return false;
    const texts = [...Object.values(named), host.resourceGroup];
    return wordFits.every((fits) => texts.some(fits));
  };
}
