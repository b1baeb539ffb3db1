import { describe, expect, it } from '@jest/globals';
import { sendSnoozeForm } from '../../../src/slack/alerts/handling-actions.ts';
import { snoozeLengthBlock, snoozeReasonBlock } from '../../../src/slack/alerts/snooze-modal.ts';
import type { Submission } from '../../../src/slack/action.ts';
import { sendAskForm } from '../../../src/slack/requests/ask-actions.ts';
import { reasonBlock } from '../../../src/slack/requests/ask-modal.ts';
import { sendPick } from '../../../src/slack/requests/picker-actions.ts';
import { aHostState, anAlert } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const forms: readonly [string, Submission, string, string][] = [
  ['asks for the end of a session', sendAskForm, 'ref-1', reasonBlock],
  ['asks for the end of several', sendPick, '0', reasonBlock],
  ['snoozes an alert', sendSnoozeForm, 'alert-1', snoozeReasonBlock],
];

async function sent(submission: Submission, privateMetadata: string, reason: string) {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  const reply = await submission.run(ports, {
    by: { id: 'U0ALICE' },
    privateMetadata,
    text: (blockId) => ([reasonBlock, snoozeReasonBlock].includes(blockId) ? reason : ''),
    checked: ['ref-1'],
    choice: (blockId) => (blockId === snoozeLengthBlock ? 'for 3600000' : ''),
    instant: () => undefined,
  });
  return { reply, stored: ports.trail.length };
}

describe.each(forms)('a form that %s', (_what, submission, metadata, blockId) => {
  it.each([
    ['x'.repeat(501), 'This is 501 characters long; 500 is the most.'],
    ['😀'.repeat(5000), 'This is 5000 characters long; 500 is the most.'],
    [' \n ', /^Say why/],
    ['\u200B\u2060\u00A0\uFE0F\u3164', /^Say why/],
  ])('names what is wrong at its input, and stores nothing', async (reason, sentence) => {
    expect(await sent(submission, metadata, reason)).toEqual({
      reply: { is: 'mistake', blockId, sentence: expect.stringMatching(sentence) },
      stored: 0,
    });
  });

  it.each(['x'.repeat(500), '😀'.repeat(500), '  a\u200Bb '])(
    'takes the longest, and what is seen',
    async (reason) => {
      expect(await sent(submission, metadata, reason)).toMatchObject({ reply: { is: 'close' }, stored: 1 });
    },
  );
});
