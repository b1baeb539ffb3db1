import type { DisconnectRequest, RequestState } from './request.ts';

export type GoneRequest = DisconnectRequest & {
  readonly state: Extract<RequestState, { readonly is: 'gone' }>;
};

export function isGone(request: DisconnectRequest): request is GoneRequest {
  return request.state.is === 'gone';
}
