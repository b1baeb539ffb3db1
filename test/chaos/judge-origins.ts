import type { Session } from '../../src/domain/sessions/session.ts';
import type { SessionOrigin } from '../simulator/azure/session-json.ts';
import type { Remembered, Wrong } from './remembered.ts';

/** What the audit log has of a session; its connection bears the session's id, or only fits it. */
export function originOn(vm: string, bearsId: boolean): SessionOrigin {
  return {
    entraUser: `${vm}@example.com`,
    clientAddress: '203.0.113.7',
    ...(!bearsId && { tunnelId: `tunnel-${vm}` }),
  };
}

/** Nobody may be called to be behind a session but who is. */
export function judgeOrigins({ alerts, requests }: Remembered, wrong: Wrong): number {
  const sessions = [...alerts, ...requests].map(({ session }) => session);
  for (const { origin, vm } of sessions) {
    for (const { entraUser } of origin?.candidates ?? []) {
      if (entraUser !== `${vm.name}@example.com`) wrong('wrong name', `${entraUser} on ${vm.name}`);
    }
  }
  return sessions.filter(isNamed).length;
}

function isNamed({ origin }: Session): boolean {
  return origin !== undefined;
}
