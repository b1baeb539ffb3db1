import type { SilentHost } from '../../src/domain/alerts/outage.ts';
import type { AzureFailure } from '../../src/domain/hosts/azure-failure.ts';
import { aHost, noon } from './build.ts';

/** A host that has been silent since then, with two sessions when it was last read. */
export function aSilentHost(name: string, failure: AzureFailure, since = noon): SilentHost {
  const host = aHost({ name });
  return {
    host,
    silence: {
      id: `silence-${name}`,
      version: 1,
      hostId: host.id,
      hostName: name,
      since,
      sessions: 2,
      failure,
      state: { is: 'no-data' },
    },
  };
}
