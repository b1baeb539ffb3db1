import type { ModalView } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import type { PastSession } from '../../domain/history/past-session.ts';
import type { HostId } from '../../domain/hosts/host.ts';
import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { Cut } from '../../domain/kit/cut.ts';
import type { LogStanding } from '../../domain/origins/log-standing.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { HostLine } from '../../domain/sessions/list.ts';
import { isBlankLogin } from '../../domain/sessions/login.ts';
import type { KnownOwner } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { canBeEnded } from '../../domain/sessions/session.ts';
import type { StateWords } from '../../wording/alert-state.ts';
import { alertState } from '../../wording/alert-state.ts';
import { counted } from '../../wording/counted.ts';
import { inert, nameLength } from '../../wording/foreign.ts';
import { pollingLines } from '../../wording/polling-standing.ts';
import { connectionDetails, originDetails } from '../../wording/origin-facts.ts';
import { ownerFact } from '../../wording/owner.ts';
import { person } from '../../wording/person.ts';
import { requestState } from '../../wording/request-state.ts';
import { listedFacts } from '../../wording/session-facts.ts';
import { at, duration } from '../../wording/time.ts';
import type { Fact, Word, Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { factLines, facts, lines } from '../kit/blocks.ts';
import { plainText } from '../kit/plain-text.ts';
import { reasonOf } from '../requests/card.ts';
import { earlierLines } from './earlier.ts';
import { silenceOf } from './host-lines.ts';

export interface SessionDetails {
  readonly session: Session;
  /** Its host as it is known; where that is known no more, what is kept of it. */
  readonly host: HostLine & { readonly id: HostId };
  readonly polling?: PollingStanding;
  /** What keeps the audit log from telling who is behind it. */
  readonly logTrouble?: LogStanding['trouble'];
  readonly alert?: Alert;
  readonly request?: DisconnectRequest;
  readonly owner?: KnownOwner;
  readonly alike?: number;
  /** Sessions of the same login on the same machine that have ended. */
  readonly earlier?: Cut<PastSession>;
}

/**
 * Everything known of one session: what it is and who is behind it, how it stands, what was before, and last by which
 * ids Azure knows it. `portalUrl` is where the portal of its cloud is.
 */
export function detailsModal(details: SessionDetails, portalUrl: string): ModalView {
  const { session, host, polling = { is: 'on-time' }, alert, request, alike = 0, earlier } = details;
  const { logTrouble, owner } = details;
  const unpolled = pollingLines(polling);
  const silence = silenceOf(host);
  return {
    type: 'modal',
    title: plainText('Details', 24),
    close: plainText('Close', 24),
    blocks: [
      ...(unpolled.length > 0 ? [lines(...unpolled)] : []),
      ...(silence ? [lines(bold(words`${inert(host.name, nameLength)} ${silence}`))] : []),
      facts([
        ...listedFacts(session, host.name),
        ...originDetails(session, logTrouble),
        ...(owner ? [ownerFact(owner)] : []),
        ...(alike > 0 ? [['Tunnel', othersOf(alike)] as const] : []),
        ...(!canBeEnded(session) && (!alert || isOpen(alert)) ? [noEnd] : []),
      ]),
      ...(alert ? [lines(...stateLines('Alert', alertState(alert)), ...factLines(alertFacts(alert)))] : []),
      ...(request
        ? [lines(...stateLines('Request', requestState(request)), ...factLines(requestFacts(request)))]
        : []),
      ...(earlier && !isBlankLogin(session.vmLogin) ? [lines(...earlierLines(earlier))] : []),
      facts([
        ['Host last read', host.readAt === undefined ? words`not yet` : words`${at(host.readAt)}`],
        ...connectionDetails(session),
        ...ids(session),
      ]),
      lines([portalLink(host.id, portalUrl)]),
    ],
  };
}

const noEnd: Fact = [
  'Cannot be ended from here',
  words`Azure gives this session no id, and ends sessions by nothing else`,
];

function ids(session: Session): readonly Fact[] {
  const { sessionId, resourceType, vm } = session;
  return [
    ...(canBeEnded(session) ? [['Session id', words`${sessionId}`] as const] : []),
    ...(resourceType === undefined ? [] : [['Kind of target', words`${resourceType}`] as const]),
    ...(vm.resourceId === undefined ? [] : [['Machine id', resourceId(vm.resourceId)] as const]),
  ];
}

function resourceId(id: string): Words {
  return [{ is: 'text', text: inert(id, 500) }];
}

function stateLines(subject: string, { headline, more }: StateWords): readonly Words[] {
  return [bold(words`${subject}: ${headline}`), ...more];
}

function alertFacts(alert: Alert): readonly Fact[] {
  const { raisedAt, seenAt, rule, ...rest } = alert;
  const { id, version, ref, session, hostId, hostName, state, alike, handling, steps, ...unsaid } = rest;
  unsaid satisfies Record<string, never>;
  return [
    ['Raised', words`${at(raisedAt)}`],
    ['Last seen open', words`${at(seenAt)}`],
    ['Limit', words`${duration(rule.warnAfterMs)} by the rule ${rule.name}`],
  ];
}

function requestFacts(request: DisconnectRequest): readonly Fact[] {
  return [
    ['Asked by', words`${person(request.requester)}, ${at(request.askedAt)}`],
    ['Reason', reasonOf(request)],
  ];
}

function othersOf(alike: number): Words {
  return words`${counted(alike, 'other session')} with the same login, machine and start: one tunnel, some may be left over. They end together`;
}

function portalLink(hostId: HostId, portalUrl: string): Word {
  const path = inert(hostId, 1000).split('/').map(encodeURIComponent).join('/');
  return {
    is: 'link',
    url: `${portalUrl}/#resource${path}`,
    text: 'Open the host in the Azure portal',
  };
}
