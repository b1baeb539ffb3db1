import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';

/** What Microsoft's support and our log need to find one request again. */
export interface Trace {
  readonly status?: number;
  /** Azure's or Node's name for the error. */
  readonly code?: string;
  /** Every name of the error, where Azure gives several, one inside the other. */
  readonly codes?: readonly string[];
  /** The `x-ms-correlation-request-id` of the answer. */
  readonly correlationId?: string;
  readonly clientRequestId?: string;
}

/** Thrown inside this folder only: what leaves it is the failure. */
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

/** `what` names the shape that came, never its content. */
export function notUnderstood(what: string, trace?: Trace): AzureError {
  return new AzureError({ kind: 'not-understood', what }, trace);
}
