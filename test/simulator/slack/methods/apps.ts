import { rates } from '../rate-limits.ts';
import type { Method } from './method.ts';

export const openConnection: Method = {
  scopes: ['connections:write'],
  forApp: true,
  rate: rates.tier3,
  call: (_, { sockets }) => ({ url: sockets.issueUrl() }),
};
