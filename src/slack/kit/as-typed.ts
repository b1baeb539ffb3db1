/** Slack escapes what was typed and wraps people, channels and addresses: https://docs.slack.dev/interactivity/implementing-slash-commands#escaping */
export function asTyped(text: string): string {
  return text
    .replaceAll(
      /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g,
      // oxlint-disable-next-line max-params -- as `replace` calls it: the match, then its groups
      (_, sign: string, target: string, label: string | undefined) => {
        const name = label === undefined || label === '' ? target.replace(/^mailto:/, '') : label;
        return sign === '!' ? `@${name.replace(/^@/, '')}` : name;
      },
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
