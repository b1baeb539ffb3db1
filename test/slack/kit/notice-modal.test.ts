import { describe, expect, it } from '@jest/globals';
import { noticeModal } from '../../../src/slack/kit/notice-modal.ts';
import { askRefusal } from '../../../src/slack/requests/ask-refusal.ts';
import { aRequest } from '../../support/build.ts';
import { read } from './read.ts';

describe('a notice in the place of a form', () => {
  it('says one sentence, or what a private message would have said', () => {
    const refusal = askRefusal({ is: 'already-asked', existing: aRequest() });

    expect(read(noticeModal('Details', 'Nothing is kept of it.'))).toBe('Nothing is kept of it.');
    expect(noticeModal('Not asked', refusal).blocks).toEqual(refusal.blocks);
  });
});
