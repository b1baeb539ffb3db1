import type { Settings } from '../config/settings.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Setbacks } from '../jobs/setbacks.ts';
import type { WayOut } from '../net/way-out.ts';
import type { Log } from '../ports/log.ts';
import type { Stops } from './stops.ts';

export interface Start {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly policyDigest: string;
  readonly log: Log;
  readonly out: WayOut;
  readonly clock: () => number;
  readonly account: Setbacks;
  /** Whatever has to be stopped registers its stop where it is made. */
  readonly stops: Stops;
  /** Says that a part which this process cannot live without has ended by itself. */
  readonly lose: (part: string) => void;
}
