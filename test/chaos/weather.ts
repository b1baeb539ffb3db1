import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Chance } from './chance.ts';
import { chanceOf } from './chance.ts';
import { deliveryFaults, hostFaults, namedFaults, namedNames, slackFaults } from './faults.ts';
import type { Stage } from './stage.ts';

/** How many of the faults of hosts are of the kinds that are told apart. */
const namedShare = 0.35;

export const weatherNames = [
  'fault of Slack',
  'fault of a delivery',
  'fault of a host',
  'not found for a while',
  'wait nested in an error',
  'answer without measure',
  'tokens revoked',
] as const;
export type WeatherName = (typeof weatherNames)[number];

export interface WeatherOptions {
  readonly seed: number;
  /** Hosts that something else happens to. */
  readonly spared: ReadonlySet<SimulatedHost>;
}

/** Faults of both platforms that come and go by themselves until the signal; returns how many there were. */
export async function bringWeather(
  { azure, hosts, slack }: Stage,
  { seed, spared }: WeatherOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<WeatherName, number>> {
  const counts = new Map<WeatherName, number>();
  const count = (name: WeatherName) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  await Promise.all([
    over('Slack', (chance) => {
      const fault = chance.oneOf(slackFaults);
      const switched = fault && slack.fault(fault);
      count('fault of Slack');
      return () => switched?.end();
    }),
    over('deliveries', (chance) => {
      const fault = chance.oneOf(deliveryFaults);
      const switched = fault && slack.deliveryFault(fault);
      count('fault of a delivery');
      return () => switched?.end();
    }),
    ...hosts.map(async (host) => over(host.name, (chance) => strikeHost(host, chance))),
    revocation(),
  ]);
  return counts;

  function strikeHost(host: SimulatedHost, chance: Chance): () => void {
    const name = chance.odds(namedShare) ? chance.oneOf(namedNames) : undefined;
    const fault = chance.oneOf(name ? namedFaults[name] : hostFaults);
    if (!fault || spared.has(host)) return () => undefined;
    const since = Date.now();
    host.behave(fault);
    return () => {
      const isMet =
        azure.requests.count(({ at, path }) => at >= since && path.includes(`/${host.name}/`)) > 0;
      if (isMet) count(name ?? 'fault of a host');
      if (!spared.has(host)) host.behaveNormally();
    };
  }

  /** Once, since a replica asks for another token once a minute. */
  async function revocation(): Promise<void> {
    await chanceOf(seed, 'revocation').pause(2000, 12_000, signal);
    if (signal.aborted) return;
    azure.revokeTokens();
    count('tokens revoked');
  }

  async function over(place: string, strike: (chance: Chance) => () => void): Promise<void> {
    const chance = chanceOf(seed, `weather over ${place}`);
    while (!signal.aborted) {
      await chance.pause(200, 2500, signal);
      const end = strike(chance);
      await chance.pause(500, 2500, signal);
      end();
    }
  }
}
