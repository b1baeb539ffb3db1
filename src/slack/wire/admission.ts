import { setTimeout as pause } from 'node:timers/promises';
import type { Workspace } from '../../domain/people/workspace.ts';
import { isForUs } from '../../domain/people/workspace.ts';
import type { AccessPolicy } from '../../domain/policy/policy.ts';
import type { Log } from '../../ports/log.ts';
import { originPayload } from './origin.ts';
import { isEvent } from './payload-kind.ts';

/**
 * `ignored`: a refused event. Slack is thanked for it: it repeats events that are refused, and ends the subscription
 * over too many of them. `not-yet`: nothing is done before it is known where the app is and that the store is its own.
 */
export type Admitted = 'admitted' | 'refused' | 'ignored' | 'not-yet';

/** Looks at every payload of Slack's before anything is done for it. */
export type Admission = (body: Readonly<Record<string, unknown>>) => Promise<Admitted>;

export interface Installation {
  readonly workspace: () => Workspace | undefined;
  readonly isOurs: () => boolean;
  learnApp(appId: string): Promise<void>;
}

export interface AdmissionOptions {
  readonly installation: Installation;
  readonly access: AccessPolicy;
  readonly log: Log;
}

/** Slack waits for 3 s, and what it hands over needs the rest. */
const knownWithinMs = 1500;
/** Of so many apps and workspaces it is said once that they are refused; after that of none. */
const originsNamed = 1000;

export function admission({ installation, access, log }: AdmissionOptions): Admission {
  const named = new Set<string>();

  function refuse(body: object, from: Readonly<Record<string, unknown>>): Admitted {
    const name = JSON.stringify(from);
    if (!named.has(name) && named.size < originsNamed) {
      named.add(name);
      log.warn(from, 'refuses what comes for another app or from another workspace');
    }
    return isEvent(body) ? 'ignored' : 'refused';
  }

  return async (body) => {
    const { data: origin } = originPayload.safeParse(body);
    if (!origin) return refuse(body, { app: 'unreadable' });
    const { appId, teamId, enterpriseId } = origin;
    const from = { app: appId, team: teamId, enterprise: enterpriseId };
    const workspace = installation.workspace();
    if (!workspace) return 'not-yet';
    if (!isForUs(workspace, access, origin)) return refuse(body, from);
    // The signature, or the socket, is that of the app.
    if (workspace.appId === undefined && appId !== undefined) {
      const late = pause(knownWithinMs, undefined, { ref: false });
      await Promise.race([installation.learnApp(appId), late]);
    }
    return installation.isOurs() ? 'admitted' : 'not-yet';
  };
}
