import type { Policy } from '../domain/policy/policy.ts';
import type { Words } from './words.ts';
import { code as codeWord, words } from './words.ts';

type Channel = keyof Policy['channels'];

type Refusal = readonly [cause: Words, remedy: Words];

const another = (channel: Channel) =>
  words`name another channel in the policy (${codeWord(`channels.${channel}`)})`;

const onlySome = (channel: Channel): Refusal => [
  words`Slack lets only some people post in the ${channel} channel, and the bot is none of them.`,
  words`An administrator can let the bot post there, in the channel's settings, or ${another(channel)}.`,
];

const oldToken = (): Refusal => [
  words`Slack does not accept the bot's token any more.`,
  words`An administrator can install the app anew and give the bot its new token.`,
];

/** By Slack's names, and one of ours: a channel in which other companies read. */
const refusals: Readonly<Record<string, (channel: Channel) => Refusal>> = {
  is_archived: (channel) => [
    words`Slack says that the ${channel} channel is archived.`,
    words`An administrator can take it out of the archive, or ${another(channel)}.`,
  ],
  not_in_channel: (channel) => [
    words`The bot is not in the ${channel} channel.`,
    words`Anybody in that channel can invite it: ${codeWord('/invite @Bastion Bot')}.`,
  ],
  channel_not_found: (channel) => [
    words`Slack finds no such ${channel} channel: it was deleted, or it is private and the bot is not in it.`,
    words`Anybody in that channel can invite the bot; an administrator can ${another(channel)}.`,
  ],
  'shared-channel': (channel) => [
    words`People of other companies read in the ${channel} channel, so the bot posts nothing there.`,
    words`An administrator can end that, or ${another(channel)}.`,
  ],
  missing_scope: () => [
    words`The Slack app was not given the right to post (${codeWord('chat:write')}).`,
    words`An administrator can add it to the app and install the app anew.`,
  ],
  restricted_action: onlySome,
  restricted_action_read_only_channel: onlySome,
  restricted_action_thread_only_channel: onlySome,
  token_revoked: oldToken,
  token_expired: oldToken,
  invalid_auth: oldToken,
  account_inactive: oldToken,
};

/** Why Slack takes no post in this channel of ours, and who can do what about it. */
export function refusedBecause(code: string, channel: Channel): Refusal {
  const known = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  return (
    known?.(channel) ?? [
      words`Slack refuses what the bot posts in the ${channel} channel (${codeWord(code)}).`,
      words`An administrator can look that name up in Slack's documentation, or ${another(channel)}.`,
    ]
  );
}
