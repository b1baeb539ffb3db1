/**
 * Why Azure gave no usable answer. `reference` is Azure's correlation id, for its support and our log.
 * Never carries a raw body: those may hold object ids and addresses.
 */
export type AzureFailure = AzureFailureKind & { readonly reference?: string };

type AzureFailureKind =
  /** The identity lacks the right; `action` is the name to put into a role, e.g. `Microsoft.Network/bastionHosts/getActiveSessions/action`. */
  | { readonly kind: 'forbidden'; readonly action: string }
  /** No token could be had, or Azure did not take it. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'host-gone' }
  | { readonly kind: 'throttled'; readonly retryAt: number }
  /** Another operation changes the host now. */
  | { readonly kind: 'busy' }
  /** A ReadOnly lock, which blocks POST actions and so even the listing of sessions. */
  | { readonly kind: 'locked' }
  /** An answer came, but in no shape we know; `what` names the shape, never its content. */
  | { readonly kind: 'not-understood'; readonly what: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unreachable' }
  /** Azure answered with an error of its own; `code` is its name for it, e.g. `InternalServerError`. */
  | { readonly kind: 'failed'; readonly code: string };

/** Whether asking again later, with nothing changed by a person, can help. */
export function isPassing(failure: AzureFailure): boolean {
  switch (failure.kind) {
    case 'throttled':
    case 'busy':
    case 'timed-out':
    case 'unreachable':
    case 'failed':
    // More often than not a page of something on the way to Azure, which is gone the next time.
    case 'not-understood':
      return true;
    case 'forbidden':
    case 'signed-out':
    case 'host-gone':
    case 'locked':
      return false;
  }
}
