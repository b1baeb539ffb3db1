import { grouped } from '../kit/grouped.ts';
import { howWellKnown } from './origin.ts';
import type { Session } from './session.ts';

/**
 * What sessions share that Azure probably kept by mistake: closed tunnels stay in its list until they time out, all
 * with one login, machine and start. Undefined where the start is not exact to the second.
 * https://github.com/Azure/azure-cli-extensions/issues/10137
 */
export function likeness(session: Session): string | undefined {
  const { hostId, vm, vmLogin, protocol, startedAtFrom } = session;
  if (startedAtFrom !== 'given') return undefined;
  const machine = (vm.resourceId ?? vm.name).toLowerCase();
  return [secondOf(session), hostId, machine, vmLogin, protocol].join('\n');
}

export function foldAlike<Item>(
  items: readonly Item[],
  sessionOf: (item: Item) => Session,
): readonly (readonly [Item, ...Item[]])[] {
  // Of thousands of sessions only a few began in one second: the others need no comparing.
  const inSecond = new Map<number, number>();
  for (const item of items) {
    const second = secondOf(sessionOf(item));
    inSecond.set(second, (inSecond.get(second) ?? 0) + 1);
  }
  const groups = grouped(items, (item) => {
    const session = sessionOf(item);
    return (inSecond.get(secondOf(session)) === 1 ? undefined : likeness(session)) ?? item;
  });
  return [...groups.values()];
}

/** The one of which is best known who is behind it; of several, the first. */
export function bestKnown<Item>(
  [first, ...others]: readonly [Item, ...Item[]],
  sessionOf: (item: Item) => Session,
): Item {
  const knownOf = (item: Item) => howWellKnown(sessionOf(item));
  return others.reduce((best, other) => (knownOf(other) > knownOf(best) ? other : best), first);
}

function secondOf({ startedAt }: Session): number {
  return Math.floor(startedAt / 1000);
}
