import type { DisconnectRequest, RequestState } from '../domain/requests/request.ts';
import { sessionCount } from '../domain/requests/tunnel.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

export function stillThere(request: DisconnectRequest, left: number | undefined): string {
  const count = sessionCount(request);
  return left === undefined || count === 1
    ? 'Still there'
    : `${count - left} of ${count} gone, ${left} still there`;
}

export function noEffect(
  request: DisconnectRequest,
  { left, uncalled = [] }: Extract<RequestState, { is: 'still-there' }>,
): readonly Words[] {
  const remedy = 'or have somebody end them in the Azure portal or on the machine';
  if (sessionCount(request) === 1 || left === undefined) {
    return [
      words`The disconnect had no effect. Somebody has to end the session in the Azure portal or on the machine.`,
    ];
  }
  return uncalled.length > 0
    ? [words`Azure did not take the call for ${uncalled.length} of these in time. Ask again, ${remedy}.`]
    : [words`On these the disconnect had no effect. Ask again, ${remedy}.`];
}
