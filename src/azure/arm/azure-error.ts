import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';

export interface Trace {
  readonly status?: number;
  readonly code?: string;
  readonly codes?: readonly string[];
  readonly correlationId?: string;
  readonly clientRequestId?: string;
}

/** Never leaves this folder: its failure does. */
export class AzureError extends Error {
  override readonly name: string = 'AzureError';
  readonly failure: AzureFailure;
  readonly trace: Trace;

  constructor(failure: AzureFailure, trace: Trace = {}, options?: ErrorOptions) {
    super(`Azure gave no usable answer: ${failure.kind}`, options);
    const { correlationId } = trace;
    this.failure = correlationId === undefined ? failure : { ...failure, reference: correlationId };
    this.trace = trace;
  }
}

export function notUnderstood(what: string, trace?: Trace): AzureError {
  return new AzureError({ kind: 'not-understood', what }, trace);
}
