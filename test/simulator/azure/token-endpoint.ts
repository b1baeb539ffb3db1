import type { IdentityBehaviour } from './identity.ts';
import { issueToken } from './identity.ts';
import type { Incoming } from './listener.ts';
import { loggedRequest } from './logged-request.ts';
import type { Answer } from './reply.ts';
import type { WritableLog } from './request-log.ts';

/** What stands before the token endpoint: the log. */
export function answerAsIdentity(
  { at, behaviour, identityHeader }: TokenWorld,
  log: WritableLog,
  incoming: Incoming,
): Answer {
  const request = loggedRequest(incoming, { kind: 'token', at, correlationId: '' });
  log.arrived(request);
  const reply = issueToken(incoming, identityHeader, behaviour, at);
  log.answered(request, reply.status);
  return reply;
}

interface TokenWorld {
  readonly at: number;
  readonly behaviour: IdentityBehaviour;
  readonly identityHeader: string;
}
