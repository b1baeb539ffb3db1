import type { Workspace } from '../../domain/people/workspace.ts';
import { isForUs } from '../../domain/people/workspace.ts';
import type { AccessPolicy } from '../../domain/policy/policy.ts';
import type { Log } from '../../ports/log.ts';
import { originPayload } from './origin.ts';

/** `not-yet`: nothing is done before it is known that the store is this bot's. */
export type Admitted = 'admitted' | 'refused' | 'not-yet';

/** Looks at every payload of Slack's before anything is done for it; only what is admitted is acknowledged. */
export type Admission = (body: Readonly<Record<string, unknown>>) => Promise<Admitted>;

/** What is known of the app as it is installed. */
export interface Installation {
  readonly workspace: () => Workspace | undefined;
  /** Whether the store is this app's. */
  readonly isOurs: () => boolean;
  /** Its id, where Slack did not tell. */
  learnApp(appId: string): Promise<void>;
}

export interface AdmissionOptions {
  readonly installation: Installation;
  readonly access: AccessPolicy;
  readonly log: Log;
}

/** Of so many apps and workspaces it is said once that they are refused; after that of none. */
const originsNamed = 1000;

export function admission({ installation, access, log }: AdmissionOptions): Admission {
  const named = new Set<string>();

  function refuse(from: Readonly<Record<string, unknown>>): Admitted {
    const name = JSON.stringify(from);
    if (!named.has(name) && named.size < originsNamed) {
      named.add(name);
      log.warn(from, 'refuses what comes for another app or from another workspace');
    }
    return 'refused';
  }

  return async (body) => {
    const { data: origin } = originPayload.safeParse(body);
    if (!origin) return refuse({ app: 'unreadable' });
    const { appId, teamId, enterpriseId } = origin;
    const from = { app: appId, team: teamId, enterprise: enterpriseId };
    if (appId === undefined) return refuse(from);
    const workspace = installation.workspace();
    if (workspace) {
      if (!isForUs(workspace, access, origin)) return refuse(from);
      // The signature, or the socket, is that of the app.
      if (workspace.appId === undefined) await installation.learnApp(appId);
    }
    return installation.isOurs() ? 'admitted' : 'not-yet';
  };
}
