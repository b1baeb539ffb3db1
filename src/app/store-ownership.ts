import type { Settings } from '../config/settings.ts';
import type { StoreOwner, Workspace } from '../domain/people/workspace.ts';
import type { PartState } from '../ops/health.ts';
import type { Ports } from '../ports/ports.ts';
import { StoreUnreachable } from '../ports/store-unreachable.ts';
import { UnreadableRecord } from '../ports/unreadable-record.ts';
import { storeOwnerKey } from '../redis/record/keys.ts';
import type { Installation } from '../slack/wire/admission.ts';
import type { InstalledApp } from '../slack/wire/installed-app.ts';
import { claimStore } from '../usecases/people/claim-store.ts';
import { ofAnotherBot, perhapsOfAnother, workspaceName } from '../wording/store-owner.ts';
import type { Start } from './start.ts';

/** Whether this process may touch what is stored: it belongs to one app in one workspace. */
export interface StoreOwnership extends Installation {
  /** Looks whose the store is, and takes one that nobody has. Resolves with what to say where it is another bot's. */
  look(): Promise<string | undefined>;
  /** The same while the process is at work, which ends where the store is another bot's. */
  keepUp(): Promise<void>;
  /** Runs once it may, at once where it may already. */
  whenOurs(run: () => void): void;
  readonly standing: () => { readonly state: PartState; readonly detail: string };
}

type Known =
  | { readonly is: 'unread'; readonly why: string }
  | { readonly is: 'free' }
  | { readonly is: 'ours'; readonly owner: StoreOwner }
  | { readonly is: 'held'; readonly owner: StoreOwner };

export function storeOwnership(
  {
    settings,
    log,
    stops,
    lose,
  }: Pick<Start, 'log' | 'stops' | 'lose'> & { readonly settings: Pick<Settings, 'redis'> },
  ports: Pick<Ports, 'storeOwner'>,
  slack: InstalledApp,
): StoreOwnership {
  const address = {
    setting: 'url' in settings.redis ? 'REDIS_URL' : 'DATA_DIR',
    key: storeOwnerKey,
  } as const;
  let known: Known = { is: 'unread', why: 'nobody has read yet whose it is' };
  let told = '';
  const waiting: (() => void)[] = [];
  stops.add('what waits for the store', async () => Promise.resolve(void waiting.splice(0)));

  const isOurs = () => known.is === 'ours' || known.is === 'free';

  function detailOf(now: Known): string {
    switch (now.is) {
      case 'unread':
        return now.why;
      case 'free':
        return 'belongs to nobody, and nobody is served, until Slack says whose SLACK_BOT_TOKEN is';
      case 'ours':
        return workspaceName(now.owner);
      case 'held':
        return perhapsOfAnother(now.owner, slack.installed().workspace, address.key);
    }
  }

  /** A process at work ends: its next start waits until Slack has said whose it is. */
  function hold(owner: StoreOwner): void {
    const next: Known = { is: 'held', owner };
    if (isOurs()) lose(`store: ${detailOf(next)}`);
    known = next;
  }

  async function lookNow(): Promise<string | undefined> {
    const installed = slack.installed();
    try {
      const claim = await claimStore(ports, installed);
      switch (claim.is) {
        case 'ours':
        case 'free':
          known = claim;
          break;
        case 'unsure':
          hold(claim.owner);
          break;
        case 'of-another':
          known = { is: 'held', owner: claim.owner };
          return ofAnotherBot(claim.owner, claim.ours, address);
      }
    } catch (error) {
      if (error instanceof UnreadableRecord && !isOurs()) {
        known = { is: 'unread', why: `its owner cannot be read (reference ${error.reference})` };
      } else if (!(error instanceof StoreUnreachable || error instanceof UnreadableRecord)) throw error;
    }
    if (isOurs()) for (const run of waiting.splice(0)) run();
    const detail = detailOf(known);
    if (detail === told) return undefined;
    told = detail;
    if (isOurs()) log.info({ store: detail }, 'knows whose the store is');
    else log.warn({ store: detail }, 'does nothing until it is known whose the store is');
    return undefined;
  }

  // One after the other: what was read earlier must not have the last word.
  let looked: Promise<string | undefined> = Promise.resolve(undefined);
  const look = async () => (looked = looked.catch(() => undefined).then(lookNow));

  async function keepUp(): Promise<void> {
    const refusal = await look();
    if (refusal === undefined || refusal === told) return;
    told = refusal;
    log.error({ store: refusal }, 'the store is of another bot');
    lose('store');
  }

  return {
    isOurs,
    look,
    keepUp,
    workspace: () => workspaceOf(slack.installed().workspace, known),
    learnApp: async (appId) => {
      slack.learn(appId);
      await keepUp();
    },
    whenOurs: (run) => {
      if (isOurs()) run();
      else waiting.push(run);
    },
    standing: () => ({
      state: known.is === 'ours' ? 'ok' : known.is === 'free' ? 'degraded' : 'down',
      detail: detailOf(known),
    }),
  };
}

/** What Slack says, and what its owner's record says beside or instead. */
function workspaceOf(said: Workspace | undefined, known: Known): Workspace | undefined {
  if (known.is !== 'ours') return said;
  const { appId } = known.owner;
  return { ...known.owner, ...said, ...(appId !== undefined && { appId }) };
}
