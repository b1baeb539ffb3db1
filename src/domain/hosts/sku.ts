import type { AzureFailure } from './azure-failure.ts';
import type { BastionHost } from './host.ts';

/** A Developer host is shared and has no sessions of its own to list: https://learn.microsoft.com/azure/bastion/bastion-sku-comparison */
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
