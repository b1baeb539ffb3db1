import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { BastionHost } from '../hosts/host.ts';

/** What hosts of one outage have in common: an Azure that is down answers one with an error, another too late or not at all. */
export function causeOf(
  failure: AzureFailure,
  { subscriptionId }: Pick<BastionHost, 'subscriptionId'>,
): string {
  switch (failure.kind) {
    case 'signed-out':
      return 'credential';
    case 'timed-out':
    case 'unreachable':
    case 'failed':
      return 'endpoint';
    case 'forbidden':
      return `forbidden ${failure.action.toLowerCase()}`;
    case 'throttled':
      return failure.of === 'host' ? 'throttled' : `throttled ${subscriptionId.toLowerCase()}`;
    case 'host-gone':
    case 'busy':
    case 'locked':
    case 'unsupported':
    case 'not-understood':
    case 'record-unreadable':
      return failure.kind;
  }
}
