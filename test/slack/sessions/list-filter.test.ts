import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import { listValue, readListValue } from '../../../src/slack/kit/list-value.ts';
import { dana, exactly, fay, likely, oneOf } from '../../support/origins.ts';
import { readRowValue } from '../../../src/slack/sessions/row-buttons.ts';
import { aHost, aHostState, aSession, aTrackedSession, hour, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';
import { dev, prod, view } from './listed.ts';

describe('a filtered list', () => {
  const head = (message: { readonly blocks: readonly unknown[] }) =>
    read(message).split('\n---\n').slice(0, 2).join('\n---\n');

  it('says how many of how many it shows, and by which filter', () => {
    const { text, blocks } = view([prod, dev], { typed: 'HOST: prod  older:4h' });

    expect(head({ blocks })).toMatch(
      /^2 sessions on 1 host, 1 over the limit\nAs of .*\n---\n1 of 2 sessions: host:prod older:4h$/,
    );
    expect(text).toBe('2 sessions on 1 host, 1 over the limit. 1 of 2 sessions fits the filter.');
    expect(JSON.stringify(blocks.at(-1))).toContain('"value":"0 host:prod older:4h"');
  });

  it('says that nothing fits', () => {
    expect(head(view([prod], { typed: 'staging' }))).toMatch(
      /^2 sessions on 1 host, 1 over the limit\nAs of .*\n---\nNone of 2 sessions fits staging$/,
    );
  });

  it.each([
    ['hots:prod', 'Left out: hots:prod. Did you mean host:?'],
    [
      'colour:red',
      'Left out: colour:red. The keys are host: user: entra: vm: protocol: from: older: sort: group:; put quotes around what is none.',
    ],
    ['older:4', 'Left out: older:4. A length of time is written 30m, 4h or 2d.'],
    ['sort:hots', 'Left out: sort:hots. Did you mean host?'],
    ['sort:x', 'Left out: sort:x. It can be attention, age, host, vm, user.'],
    ['vm:', 'Left out: vm:. It is empty.'],
    ['older:1h older:2h', 'Left out: older:2h. It was said before, and differently.'],
    ['x'.repeat(300), `Left out: ${'x'.repeat(39)}…. The filter is too long to hold it.`],
  ])('says what it left out, and how to write it: %s', (typed, words) => {
    const message = view([prod], { typed });

    expect(head(message)).toContain(`\n${words}`);
    expect(message.text).toContain(words.replace(/^Left out: .*?[^.]\. /, 'A part of it was left out. '));
  });

  it('says how many more parts it left out', () => {
    expect(head(view([prod], { typed: 'a:1 b:2 c:3 d:4 j:5 k:6 i:7' }))).toContain(
      '2 parts more of it left out.',
    );
  });

  it('finds by who may be behind a session, and marks how that is known', () => {
    const trackedSessions = [exactly(dana), likely(fay), oneOf(fay, dana)].map((origin, index) =>
      aTrackedSession({
        ref: `ref-${index}`,
        session: aSession({ sessionId: `session-${index}`, startedAt: noon - index * hour, origin }),
      }),
    );
    const shown = read(
      view([{ ...prod, trackedSessions }], { typed: 'from:203.0.113.* entra:*@corp.example' }),
    );

    expect(shown).toContain('\n2 of 3 sessions: entra:*@corp.example from:203.0.113.*\n');
    expect(shown).toContain('likely from 203.0.113.7 · likely Entra user fay@corp.example\n');
    expect(shown).toContain(' · one of fay@corp.example, dana@corp.example\n');
  });

  it('names each host once where it is grouped by host', () => {
    const other = aHost({ name: 'bastion-a' });
    const guest = aTrackedSession({ ref: 'ref-a', session: aSession({ hostId: other.id, vmLogin: 'bob' }) });
    const shown = read(
      view([prod, aHostState({ host: other, trackedSessions: [guest] })], { typed: 'group:host' }),
    );

    expect(shown).toContain(
      'By host, over and near the limit first\n---\nbastion-a: 1 session\n---\nbob on vm-web-1 for 1 h\nSSH\n',
    );
    expect(shown).toContain(
      '\n---\nbastion-prod: 2 sessions\n---\nalice on vm-web-1 for 9 h 12 min, 1 h 12 min over the limit\nRDP\n',
    );
    expect(shown.match(/bastion-prod: /g)).toHaveLength(1);
  });
});

describe('what the buttons of a list carry', () => {
  it('is read as what was shown', () => {
    const { filter } = parseFilter('prod vm:"my vm" sort:vm');

    expect(readListValue(listValue({ page: 12, filter }))).toEqual({ page: 12, filter });
  });

  it.each(['', 'x', '-1', '99999999999', '1\u0000', '{}'])('is never trusted: %j', (value) => {
    expect(readListValue(value).page).toBeGreaterThanOrEqual(0);
  });

  it.each(['', 'ask', 'ask ', 'eat ref-1', 'ask ref-1 ref-2'])('is no row of ours: %j', (value) => {
    expect(readRowValue(value)).toBeUndefined();
  });
});
