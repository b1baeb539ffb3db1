import { foldAlike } from '../sessions/alike.ts';
import { isOpen } from './alert.ts';
import type { Evaluated } from './decide.ts';

/** What a session is among those of its tunnel, which have one alert together. */
export type Place =
  | { readonly is: 'speaks'; readonly forCount: number }
  | { readonly is: 'silent' }
  | { readonly is: 'hands-on'; readonly to: Evaluated; readonly forCount: number };

/** The place of every session that has others beside it, by ref. Where several have alerts already, all of those stay. */
export function placesInTunnels(all: readonly Evaluated[]): ReadonlyMap<string, Place> {
  const tunnels = foldAlike(all, ({ tracked }) => tracked.session);
  return new Map(tunnels.flatMap((tunnel) => (tunnel.length > 1 ? placesIn(tunnel) : [])));
}

function placesIn(tunnel: readonly Evaluated[]): readonly (readonly [string, Place])[] {
  const there = tunnel.filter(({ sighting }) => sighting !== 'gone');
  const carrier = there.find(hasAlert);
  const free = there.filter((one) => !hasAlert(one));
  const heir = free.find(({ alert }) => alert?.state.is === 'lifted') ?? free[0];
  const others = free.filter((one) => one !== heir);
  if (!heir) return carrier ? [[carrier.tracked.ref, { is: 'speaks', forCount: 1 }]] : [];
  const silent: Place = { is: 'silent' };
  const rest = others.map(({ tracked }) => [tracked.ref, silent] as const);
  const forCount = 1 + others.length;
  if (carrier) {
    return [
      [carrier.tracked.ref, { is: 'speaks', forCount: 1 + forCount }],
      [heir.tracked.ref, silent],
      ...rest,
    ];
  }
  const leaving = tunnel.find(({ alert }) => alert !== undefined && isOpen(alert));
  if (!leaving) return [[heir.tracked.ref, { is: 'speaks', forCount }], ...rest];
  const handsOn: Place = { is: 'hands-on', to: heir, forCount };
  return [[leaving.tracked.ref, handsOn], [heir.tracked.ref, silent], ...rest];
}

/** Also one that cannot be read now: it is that of all. */
function hasAlert({ tracked, alert }: Evaluated): boolean {
  return tracked.alertId !== undefined && alert?.state.is !== 'ended';
}
