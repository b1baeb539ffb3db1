import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { Log } from '../../ports/log.ts';
import { AzureError } from './azure-error.ts';
import { withDeadline } from './deadline.ts';

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: AzureFailure };

interface About {
  readonly log: Log;
  readonly doing: string;
  readonly [field: string]: unknown;
}

/** Whatever is thrown is a failure, logged, so that it costs this work only. */
export async function outcomeOf<T>(
  { log, ...fields }: About,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await withDeadline(deadlineMs, work) };
  } catch (error) {
    if (!(error instanceof AzureError)) {
      log.error({ ...fields, error }, 'stumbled over what Azure answered');
      return { ok: false, failure: stumbledOver(error) };
    }
    const { failure, trace } = error;
    const { kind, reference: _inTrace, ...why } = failure;
    log.warn({ ...fields, failure: kind, ...why, ...trace }, 'Azure gave no usable answer');
    return { ok: false, failure };
  }
}

function stumbledOver(error: unknown): AzureFailure {
  const name = error instanceof Error ? error.name : typeof error;
  return { kind: 'not-understood', what: `the bot stumbled over it: ${name}` };
}
