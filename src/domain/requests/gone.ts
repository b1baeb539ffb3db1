import type { DisconnectRequest, RequestState } from './request.ts';

/** One whose session was ended, with the reading that proved it. */
export type GoneRequest = DisconnectRequest & {
  readonly state: Extract<RequestState, { readonly is: 'gone' }>;
};

export function isGone(request: DisconnectRequest): request is GoneRequest {
  return request.state.is === 'gone';
}
