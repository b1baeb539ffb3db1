import type { ModalView } from '@slack/types';
import type { Message } from './kit/message.ts';

export type Reply =
  | { readonly is: 'nothing' }
  | { readonly is: 'note'; readonly message: Message }
  | { readonly is: 'replace'; readonly message: Message }
  | { readonly is: 'modal'; readonly view: ModalView }
  /** In the place of the modal that was clicked in, unless that has changed or gone meanwhile. */
  | { readonly is: 'update'; readonly view: ModalView };

export const note = (message: Message): Reply => ({ is: 'note', message });
export const replace = (message: Message): Reply => ({ is: 'replace', message });
export const update = (view: ModalView): Reply => ({ is: 'update', view });
export const modal = (view: ModalView): Reply => ({ is: 'modal', view });
