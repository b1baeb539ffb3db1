import { withoutDomain } from '../domain/sessions/login.ts';
import { overLimitMs } from '../domain/sessions/limits.ts';
import type { SessionRow } from '../domain/sessions/row.ts';
import type { Session } from '../domain/sessions/session.ts';
import { inert, nameLength } from './foreign.ts';
import { dot, originWithin } from './origin.ts';
import { age, fullSessionName, openSince, protocolName } from './session-facts.ts';
import { duration } from './time.ts';
import type { Word, Words } from './words.ts';
import { bold, words } from './words.ts';

/** For lock screens: no domain of the login, and no machine by its address. The longer of the two names is cut first. */
export function shortSessionName({ vm, vmLogin }: Session, atMost = 40): string {
  const machine = vm.name === vm.address ? 'a machine without a name' : vm.name;
  if (vmLogin === '') return `${inert(machine, atMost - unknownLogin.length)}${unknownLogin}`;
  const room = atMost - on.length;
  const login = inert(withoutDomain(vmLogin), Math.max(Math.floor(room / 2), room - machine.length));
  return `${login}${on}${inert(machine, room - login.length)}`;
}

const on = ' on ';
const unknownLogin = ' (login unknown)';

export function attentionLine(row: SessionRow, nameAtMost: number, now: number): Words {
  const { session } = row;
  return words`${bold(words`${fullSessionName(session, nameAtMost)}`)} for ${age(session, now)}${limitMark(row, now)}`;
}

/** The same with instants only, for what stays on a screen as time passes. */
export function lastingLine(row: SessionRow, nameAtMost: number): Words {
  return words`${sinceLine(row.session, nameAtMost)}${limitMark(row)}`;
}

export function sinceLine(session: Session, nameAtMost?: number): Words {
  return words`${bold(words`${fullSessionName(session, nameAtMost)}`)} since ${openSince(session)}`;
}

function limitMark({ session, attention, warnAfterMs }: SessionRow, now?: number): Words {
  if (warnAfterMs === undefined || attention === 'none') return [];
  if (now === undefined) {
    // What is near the limit now is not for long.
    const over = `over the limit of ${duration(warnAfterMs)}`;
    return attention === 'over-limit' ? words`, ${bold([unbroken(over)])}` : [];
  }
  const overMs = overLimitMs(session, { warnAfterMs }, now);
  return attention === 'over-limit'
    ? words`, ${bold([unbroken(`${duration(overMs)} over the limit`)])}`
    : words`, ${unbroken(`${duration(-overMs)} to the limit`)}`;
}

/** Of our own words, which a narrow line takes whole or not at all. */
function unbroken(text: string): Word {
  return { is: 'text', text: text.replaceAll(' ', '\u00A0') };
}

const protocolLength = 16;
/** Room for the number of those who may be behind it. */
const leastOrigin = 20;

/** How long a name may be, and the line of which who is behind the session is the end; 0 leaves that out. */
export interface LineRoom {
  readonly name: number;
  readonly line: number;
}

/** For approvers: they have to know who is behind it. */
export const fullLine: LineRoom = { name: nameLength, line: 300 };

export function wayLine(session: Session, hostName: string | undefined, room: LineRoom): Words {
  const through = hostName === undefined ? '' : ` through ${inert(hostName, room.name)}`;
  const said = `${inert(protocolName(session), Math.min(protocolLength, room.name))}${through}`;
  const least = Math.min(leastOrigin, room.line);
  const origin = originWithin(session, Math.max(least, room.line - said.length - dot.length));
  return [{ is: 'text', text: origin === undefined ? said : `${said}${dot}${origin}` }];
}
