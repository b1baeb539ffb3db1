import type { DisconnectRequest } from './request.ts';
import type { Withheld } from './withheld.ts';
import { notSent } from './waiting.ts';

/** A request that will not be sent, whatever its session does; what was called already goes on being proven. */
export function withhold(request: DisconnectRequest, why: Withheld, now: number): DisconnectRequest {
  const { state } = request;
  switch (state.is) {
    case 'approved':
      return notSent(request, state, { why, now });
    case 'sending':
      return { ...request, state: { ...state, withheld: why } };
    case 'pending':
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'overtaken':
    case 'gone':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return request;
  }
}
