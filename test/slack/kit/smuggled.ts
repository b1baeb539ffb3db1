import { field, isObject } from '../../simulator/slack/json.ts';

/** Parts of blocks in which Slack would act on something that nobody of ours wrote. */
export function smuggledInBlocks(blocks: unknown, known: readonly string[]): readonly unknown[] {
  return everyObject(blocks).filter((part) => {
    switch (part['type']) {
      case 'mrkdwn':
        return part['verbatim'] !== true || !isOurMarkup(String(part['text']), known);
      case 'plain_text':
        return part['emoji'] !== false;
      case 'user':
        return !known.includes(String(part['user_id']));
      case 'usergroup':
        return !known.includes(String(part['usergroup_id']));
      case 'link':
        return !/^https:\/\/portal\.azure\.com\/#resource[\w%./()!'*~…-]*$/.test(String(part['url']));
      case 'broadcast':
      case 'channel':
      case 'emoji':
      case 'markdown':
      case 'image':
        return true;
      default:
        return field(part, 'url') !== undefined;
    }
  });
}

/** What Slack would act on in a top-level text, but for our own dates and mentions. */
export function smuggledInText(text: string, known: readonly string[]): readonly string[] {
  const foreign = withoutOurs(text, known);
  return (
    foreign.match(
      /[<>]|&(?!(?:amp|lt|gt);)|:\/\/|@(?:channel|here|everyone)|[\p{Cc}\u202A-\u202E\u2066-\u2069]/giu,
    ) ?? []
  );
}

function isOurMarkup(markup: string, known: readonly string[]): boolean {
  return /^[A-Za-z0-9 ,:*\n-]*$/.test(withoutOurs(markup, known));
}

function withoutOurs(markup: string, known: readonly string[]): string {
  return markup
    .replaceAll(/<!date\^\d+\^[{}a-z_ ]+\|(?:at )?[0-9 :-]+ UTC>/g, '')
    .replaceAll(/<(?:@|!subteam\^)(\w+)>/g, (mention, id: string) => (known.includes(id) ? '' : mention));
}

function everyObject(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  return isObject(value) ? [value, ...Object.values(value).flatMap(everyObject)] : [];
}
