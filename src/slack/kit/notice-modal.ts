import type { ModalView } from '@slack/types';
import { words } from '../../wording/words.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';
import { plainText } from './plain-text.ts';

export function noticeModal(title: string, says: string | Message): ModalView {
  return {
    type: 'modal',
    title: plainText(title, 24),
    close: plainText('Close', 24),
    blocks: (typeof says === 'string' ? note(words`${says}`) : says).blocks,
  };
}
