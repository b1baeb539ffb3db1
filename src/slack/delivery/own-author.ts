import type { WebClient } from '@slack/web-api';

export interface Author {
  readonly userId: string;
  readonly botId?: string;
}

/** Asks Slack until it has said so once. https://docs.slack.dev/reference/methods/auth.test */
export function ownAuthor(client: WebClient): () => Promise<Author> {
  let known: Author | undefined;
  return async () => {
    if (known) return known;
    const { user_id: userId, bot_id: botId } = await client.auth.test();
    if (userId === undefined) throw new Error('Slack knows the token and did not say whose it is');
    known = { userId, ...(botId !== undefined && { botId }) };
    return known;
  };
}

/** What does not say who wrote it was not written by the bot, for all that is known. */
export function isBy(
  { userId, botId }: Author,
  message: { readonly bot_id?: string; readonly user?: string },
): boolean {
  return botId === undefined ? message.user === userId : message.bot_id === botId;
}
