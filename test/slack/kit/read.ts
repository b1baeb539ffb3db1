import { field, listField } from '../../simulator/slack/json.ts';

/** What a person in UTC sees of a message or a modal: one line per line on the screen, buttons as `[Label]`. */
export function read({ blocks }: { readonly blocks: readonly unknown[] }): string {
  return blocks.map(shown).join('\n---\n');
}

function shown(part: unknown): string {
  const of = (key: string) => String(field(part, key));
  const each = (key: string) => listField(part, key).map(shown);
  const type = field(part, 'type') === undefined ? 'option' : of('type');
  switch (type) {
    case 'section': {
      const button = field(part, 'accessory');
      return [shown(field(part, 'text')), ...each('fields'), ...(button ? [shown(button)] : [])].join('\n');
    }
    case 'header':
      return shown(field(part, 'text'));
    case 'actions':
    case 'context':
      return each('elements').join(' ');
    case 'rich_text':
    case 'rich_text_section':
      return each('elements').join('');
    case 'data_visualization':
      return `(chart: ${of('title')})`;
    case 'input':
      return [
        `${shown(field(part, 'label'))}:${inputShown(field(part, 'element'))}`,
        ...[field(part, 'hint') ?? []].flat().map(shown),
      ].join('\n');
    case 'overflow':
      return `[⋯ ${each('options').join(' | ')}]`;
    case 'button':
      return `[${shown(field(part, 'text'))}]`;
    case 'option':
      return shown(field(part, 'text'));
    case 'text':
    case 'plain_text':
      return of('text').replaceAll('\u00A0', ' ');
    case 'mrkdwn':
      return withDates(of('text')).replaceAll('*', '');
    case 'date':
      return of('fallback');
    case 'user':
      return `@${of('user_id')}`;
    case 'usergroup':
      return `@${of('usergroup_id')}`;
    case 'link':
      return `${of('text')}: ${of('url')}`;
    default:
      throw new Error(`There is no way to show a ${type}`);
  }
}

function inputShown(element: unknown): string {
  if (field(element, 'type') !== 'checkboxes') return ' [……]';
  const ticked = listField(element, 'initial_options');
  const boxes = listField(element, 'options').map((option) => {
    const about = field(option, 'description');
    return `[${ticked.includes(option) ? 'x' : ' '}] ${shown(option)}${about ? ` (${shown(about)})` : ''}`;
  });
  return ['', ...boxes].join('\n');
}

/** Slack's markup with every date as somebody in UTC sees it. */
export function withDates(markup: string): string {
  return markup.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1');
}

/** What `aSession` reads like, on `bastion-prod`. */
export const sessionFactsRead = `VM login: azureuser
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC`;
