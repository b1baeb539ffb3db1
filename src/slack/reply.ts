import type { ModalView } from '@slack/types';
import type { Message } from './kit/message.ts';

/** What a person gets for a command or a click. Messages are private. */
export type Reply =
  | { readonly is: 'nothing' }
  /** Beside the message that was clicked, or as the answer to the command. */
  | { readonly is: 'note'; readonly message: Message }
  /** In the place of the private message that was clicked. */
  | { readonly is: 'replace'; readonly message: Message }
  | { readonly is: 'modal'; readonly view: ModalView }
  /** In the place of the modal that was clicked in, unless that has changed or gone meanwhile. */
  | { readonly is: 'update'; readonly view: ModalView };

export const note = (message: Message): Reply => ({ is: 'note', message });
export const replace = (message: Message): Reply => ({ is: 'replace', message });
export const update = (view: ModalView): Reply => ({ is: 'update', view });
export const modal = (view: ModalView): Reply => ({ is: 'modal', view });
