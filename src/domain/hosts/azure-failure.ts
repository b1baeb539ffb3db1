import type { ProxyTrouble } from './proxy-trouble.ts';

/** `reference`: Azure's correlation id, or our own; `retryAt`: when it wants to be asked again. Never a raw body: those hold ids and addresses. */
export type AzureFailure = AzureFailureKind & { readonly reference?: string; readonly retryAt?: number };

type AzureFailureKind =
  /** The identity lacks the right; `action` is the name to put into a role, e.g. `Microsoft.Network/bastionHosts/getActiveSessions/action`. */
  | { readonly kind: 'forbidden'; readonly action: string }
  /** Records of older versions do not say because of what. */
  | { readonly kind: 'signed-out'; readonly because?: SignedOutCause }
  | { readonly kind: 'host-gone' }
  /** Too many calls; of all that the identity makes in the subscription, or of those to one host. */
  | { readonly kind: 'throttled'; readonly retryAt: number; readonly of?: 'subscription' | 'host' }
  | { readonly kind: 'busy' }
  /** A ReadOnly lock, which blocks POST actions and so even the listing of sessions. */
  | { readonly kind: 'locked' }
  /** Azure does not list the sessions of such a host; `code` is its name for the reason. */
  | { readonly kind: 'unsupported'; readonly code: string }
  /** An answer came, but in no shape we know; `what` names the shape, never its content. */
  | { readonly kind: 'not-understood'; readonly what: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unreachable'; readonly proxy?: ProxyTrouble }
  /** Azure answered with an error of its own; `code` is its name for it, e.g. `InternalServerError`. */
  | { readonly kind: 'failed'; readonly code: string }
  /** Azure was not asked: what the bot has stored of the host cannot be read. */
  | { readonly kind: 'record-unreadable' };

/** `same-token`: Azure refused it, and handed it out again when asked for another one. */
export type SignedOutCause = 'no-token' | 'refused' | 'same-token';

/** `needs-somebody`: once a person, who is told, has changed something. `stays`: by the nature of the host, which calls nobody. */
type Course = 'passes' | 'needs-somebody' | 'stays';

const courses: Readonly<Record<AzureFailure['kind'], Course>> = {
  throttled: 'passes',
  busy: 'passes',
  'timed-out': 'passes',
  unreachable: 'passes',
  failed: 'passes',
  // More often than not a page of something on the way to Azure, which is gone the next time.
  'not-understood': 'passes',
  // Tokens come from the network too; what does not pass calls somebody after a while like every silence.
  'signed-out': 'passes',
  // Another version of the bot reads it, which the next update may bring.
  'record-unreadable': 'passes',
  forbidden: 'needs-somebody',
  locked: 'needs-somebody',
  'host-gone': 'needs-somebody',
  unsupported: 'stays',
};

export function isPassing({ kind }: AzureFailure): boolean {
  return courses[kind] === 'passes';
}

/** Whether both mean the same to people, who read minutes; Azure's reference differs with every answer. */
export function saysSame(first: AzureFailure, second: AzureFailure): boolean {
  return said(first) === said(second);
}

function said({ reference: _reference, retryAt = 0, ...failure }: AzureFailure): string {
  const fields = Object.entries(failure).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([...fields, Math.floor(retryAt / 60_000)]);
}

export function isQuiet({ kind }: AzureFailure): boolean {
  return courses[kind] === 'stays';
}
