import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import { failureOn } from '../../domain/hosts/sku.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import type { ReadingResult } from '../../domain/sessions/reading.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import { holdWhere } from './hold-where.ts';

type UsedPorts = Pick<Ports, 'bastion' | 'clock' | 'holds' | 'log'>;

/** Asks Azure once, unless Azure asked to be left alone until later: that is the result then. */
export async function readHost(ports: UsedPorts, hostState: HostState, haste: Haste): Promise<ReadingResult> {
  const { clock, holds } = ports;
  const { host } = hostState;
  const held = await heldBy(ports, hostState);
  if (held) return { ok: false, failure: held };
  const result = await ask(ports, hostState, haste);
  if (result.ok) return result;
  const failure = failureOn(host, result.failure);
  await holdWhere(holds, host, { failure, now: clock() });
  return { ok: false, failure };
}

async function heldBy(
  { clock, holds }: UsedPorts,
  { host, failing, triedAt }: HostState,
): Promise<AzureFailure | undefined> {
  const now = clock();
  // A wait named later than now is of a clock that was put back.
  const isNamed = triedAt !== undefined && triedAt <= now;
  if (failing && isNamed && (failing.failure.retryAt ?? 0) > now) return failing.failure;
  const leftMs = await holds.leftMs(host.subscriptionId);
  return leftMs > 0 ? { kind: 'throttled', of: 'subscription', retryAt: now + leftMs } : undefined;
}

/** Whatever is thrown on the way is a failure of this host, and of no other. */
async function ask({ bastion, log }: UsedPorts, { host }: HostState, haste: Haste): Promise<ReadingResult> {
  try {
    return await bastion.readSessions(host, haste);
  } catch (error) {
    log.error({ hostId: host.id, error }, 'a reading broke off');
    const name = error instanceof Error ? error.name : typeof error;
    return { ok: false, failure: { kind: 'not-understood', what: `the bot stumbled over it: ${name}` } };
  }
}
