import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Holds } from '../../ports/holds.ts';

export async function holdWhere(
  holds: Holds,
  { subscriptionId }: BastionHost,
  { failure, now }: { readonly failure: AzureFailure; readonly now: number },
): Promise<void> {
  if (failure.kind !== 'throttled' || failure.of !== 'subscription') return;
  await holds.hold(subscriptionId, failure.retryAt - now);
}
