import { foldAlike } from '../sessions/alike.ts';
import { isOpen } from './alert.ts';
import type { Judged } from './decide.ts';

/** What a session is among those of its tunnel, which have one alert together. */
export type Place =
  /** It has the alert, or gets it; so many of them are open. */
  | { readonly is: 'speaks'; readonly forCount: number }
  /** Another one has the alert. */
  | { readonly is: 'silent' }
  /** It is over, and another one takes over its alert. */
  | { readonly is: 'hands-on'; readonly to: Judged; readonly forCount: number };

/** The place of every session that has others beside it, by ref. Where several have alerts already, all of those stay. */
export function placesInTunnels(all: readonly Judged[]): ReadonlyMap<string, Place> {
  const tunnels = foldAlike(all, ({ watch }) => watch.session);
  return new Map(tunnels.flatMap((tunnel) => (tunnel.length > 1 ? placesIn(tunnel) : [])));
}

function placesIn(tunnel: readonly Judged[]): readonly (readonly [string, Place])[] {
  const there = tunnel.filter(({ sighting }) => sighting !== 'gone');
  const carrier = there.find(hasAlert);
  const free = there.filter((one) => !hasAlert(one));
  const heir = free.find(({ alert }) => alert?.state.is === 'lifted') ?? free[0];
  const others = free.filter((one) => one !== heir);
  if (!heir) return carrier ? [[carrier.watch.ref, { is: 'speaks', forCount: 1 }]] : [];
  const silent: Place = { is: 'silent' };
  const rest = others.map(({ watch }) => [watch.ref, silent] as const);
  const forCount = 1 + others.length;
  if (carrier) {
    return [[carrier.watch.ref, { is: 'speaks', forCount: 1 + forCount }], [heir.watch.ref, silent], ...rest];
  }
  const leaving = tunnel.find(({ alert }) => alert !== undefined && isOpen(alert));
  if (!leaving) return [[heir.watch.ref, { is: 'speaks', forCount }], ...rest];
  const handsOn: Place = { is: 'hands-on', to: heir, forCount };
  return [[leaving.watch.ref, handsOn], [heir.watch.ref, silent], ...rest];
}

/** Also one that cannot be read now: it is that of all. */
function hasAlert({ watch, alert }: Judged): boolean {
  return watch.alertId !== undefined && alert?.state.is !== 'ended';
}
