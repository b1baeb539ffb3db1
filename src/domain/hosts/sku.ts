import type { AzureFailure } from './azure-failure.ts';
import type { BastionHost } from './host.ts';

/**
 * What a failed reading means on such a host. A Developer host is shared with other customers and has no sessions of
 * its own to list, so its errors are its nature.
 * https://learn.microsoft.com/azure/bastion/bastion-sku-comparison
 */
export function failureOn({ sku }: BastionHost, failure: AzureFailure): AzureFailure {
  if (sku?.toLowerCase() !== 'developer') return failure;
  switch (failure.kind) {
    case 'failed':
    case 'not-understood':
    case 'unsupported': {
      const { reference } = failure;
      return { kind: 'unsupported', code: 'DeveloperSku', ...(reference !== undefined && { reference }) };
    }
    case 'forbidden':
    case 'signed-out':
    case 'host-gone':
    case 'throttled':
    case 'busy':
    case 'locked':
    case 'timed-out':
    case 'unreachable':
    case 'record-unreadable':
      return failure;
  }
}
