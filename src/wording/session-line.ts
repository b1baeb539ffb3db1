import type { Session } from '../domain/sessions/session.ts';
import { inert } from './foreign.ts';
import type { OriginRoom } from './origin.ts';
import { originLine } from './origin.ts';
import { protocolName } from './session-facts.ts';
import type { Words } from './words.ts';

const protocolLength = 16;

/** How somebody gets there, and who is behind it from where as far as that is known. */
export function wayLine(session: Session, hostName: string | undefined, room: OriginRoom): Words {
  const through = hostName === undefined ? '' : ` through ${inert(hostName, room.name)}`;
  const origin = originLine(session, room);
  const said = `${inert(protocolName(session), protocolLength)}${through}`;
  return [{ type: 'text', text: origin === undefined ? said : `${said} · ${origin}` }];
}
