import { describe, expect, it } from '@jest/globals';
import { leftOutNote } from '../../../src/slack/requests/left-out.ts';
import { aRequest, aSession, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

const nothing = { alreadyAsked: [], cannotBeEnded: [], over: 0 };

describe('what was left out of a request for several', () => {
  it('is not worth a word where it is nothing', () => {
    expect(leftOutNote(3, nothing)).toBeUndefined();
  });

  it('is named, with the reason', () => {
    const leftOut = {
      alreadyAsked: [aRequest()],
      cannotBeEnded: [aSession({ vm: { name: 'vm-9' } })],
      over: 2,
    };

    expect(read(leftOutNote(3, leftOut) ?? { blocks: [] })).toBe(
      `3 sessions asked for; the others were left out.
azureuser on vm-web-1: @U0ASKER asked already, 2026-11-23 12:00 UTC.
azureuser on vm-9: cannot be ended from here, Azure gives it no id.
2 sessions over meanwhile, or on a host no longer known.`,
    );
  });

  it('was perhaps asked of nobody so far', () => {
    const existing = aRequest({ unasked: { since: noon, code: 'is_archived' } });
    expect(leftOutNote(0, { ...nothing, alreadyAsked: [existing] })?.text).toMatch(
      /asked already, .*\. Nobody was asked to approve it yet\.$/,
    );
  });

  it('may be all of it', () => {
    expect(leftOutNote(0, { ...nothing, over: 1 })?.text).toBe(
      'Nothing was asked for. 1 session over meanwhile, or on a host no longer known.',
    );
  });
});
