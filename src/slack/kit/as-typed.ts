/**
 * The text of a command as it was typed: Slack escapes it, and wraps what it takes for people, channels and addresses.
 * https://docs.slack.dev/interactivity/implementing-slash-commands#escaping
 */
export function asTyped(text: string): string {
  return text
    .replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) =>
      label === undefined || label === '' ? target.replace(/^[@#!]|^mailto:/, '') : label,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
