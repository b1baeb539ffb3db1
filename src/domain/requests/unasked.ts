import type { DisconnectRequest, Unasked } from './request.ts';
import { isPending } from './phases.ts';

export interface AskingCard {
  readonly isPosted: boolean;
  readonly refusal?: { readonly code: string; readonly since: number };
}

/** Whether nobody could be asked to decide, so far or ever. */
export function isUnasked({ unasked }: DisconnectRequest): boolean {
  return whyUnasked({ unasked }) !== undefined;
}

export function whyUnasked({ unasked }: { readonly unasked?: Unasked | undefined }): string | undefined {
  return unasked?.until === undefined ? unasked?.code : undefined;
}

/** The request that says whether anybody could be asked, where it does not say so yet. */
export function noteAsking(
  request: DisconnectRequest,
  { isPosted, refusal }: AskingCard,
  now: number,
): DisconnectRequest | undefined {
  if (!isPending(request)) return undefined;
  const { unasked } = request;
  const before = unasked?.until === undefined ? unasked : undefined;
  if (isPosted) return before && { ...request, unasked: { ...before, until: now } };
  if (!refusal || refusal.code === before?.code) return undefined;
  return { ...request, unasked: { code: refusal.code, since: before?.since ?? refusal.since } };
}

/** As the card shows it on which somebody can decide: its readers are asked. */
export function asAsked({ unasked: _past, ...request }: DisconnectRequest): DisconnectRequest {
  return request;
}
