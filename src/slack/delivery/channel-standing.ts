import type { WebClient } from '@slack/web-api';
import type { ChannelFailure } from '../../ports/channel.ts';
import type { Log } from '../../ports/log.ts';
import type { Kept } from '../wire/coalesced.ts';
import { coalesced } from '../wire/coalesced.ts';
import { channelFailure, missingScope } from '../wire/failure.ts';

/** Whether a channel is one to post in. `unchecked`: the app lacks the scope to ask, which is for its administrator to decide. */
export type ChannelStanding =
  | { readonly is: 'ours' }
  | { readonly is: 'shared' }
  | { readonly is: 'unchecked'; readonly missingScope: string }
  | { readonly is: 'unknown'; readonly failure: ChannelFailure };

export interface ChannelStandingOptions {
  readonly client: WebClient;
  readonly clock: () => number;
  readonly log: Log;
}

const keepMs = 5 * 60_000;
const keepFailureMs = 5000;

/** Asked every few minutes. Channels are shared seldom: where Slack cannot say now, what it said last still holds. */
export function channelStandings({
  client,
  clock,
  log,
}: ChannelStandingOptions): (channel: string) => Promise<ChannelStanding> {
  const last = new Map<string, ChannelStanding>();

  async function ask(channel: string): Promise<ChannelStanding> {
    const { channel: found } = await client.conversations.info({ channel });
    const isForeign = found?.is_ext_shared === true || (found?.is_shared === true && !found.is_org_shared);
    if (isForeign) log.error({ channel }, 'channel is shared with another company: nothing is posted there');
    return { is: isForeign ? 'shared' : 'ours' };
  }

  return coalesced(async (channel): Promise<Kept<ChannelStanding>> => {
    try {
      const standing = await ask(channel);
      last.set(channel, standing);
      return { value: standing, keepForMs: keepMs };
    } catch (error) {
      const scope = missingScope(error);
      if (scope !== undefined) {
        log.warn({ channel, scope }, 'cannot ask whether a channel is shared');
        return { value: { is: 'unchecked', missingScope: scope }, keepForMs: keepMs };
      }
      const known = last.get(channel);
      return {
        value: known ?? { is: 'unknown', failure: nothingPosted(error, clock()) },
        keepForMs: keepFailureMs,
      };
    }
  }, clock);
}

function nothingPosted(error: unknown, now: number): ChannelFailure {
  const failure = channelFailure(error, now);
  return failure.why === 'unsure' ? { ok: false, why: 'unreachable' } : failure;
}
