import type { Deed } from '../deed.ts';

/** Resolves when it is done, which for Slack means: acknowledged by the bot. Rejects with a sentence. */
export async function send(deed: Deed): Promise<void> {
  const response = await fetch('/deed', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(deed),
  });
  if (!response.ok) throw new Error(await response.text());
}
