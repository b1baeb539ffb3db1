import { describe, expect, it } from '@jest/globals';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import { failureNote, storeUnreachable } from '../../../src/slack/kit/failure.ts';
import { helpView } from '../../../src/slack/kit/help.ts';
import { menuEntries } from '../../../src/slack/menu.ts';
import { guessUnknown } from '../../../src/slack/unknown-word.ts';
import { read } from './read.ts';

const commands = `/bastion sessions Who is on which machine, over all hosts
/bastion history Sessions that have ended, and how
/bastion help This list`;
const filters = `What can follow sessions or history
web any word to look for
host: the Bastion host
vm: the machine
user: the login on the machine
entra: the Entra user
from: the address they come from
protocol: rdp or ssh
older:4h what lasts at least so long
sort: age, host, vm or user
group:host host by host
since:7d how far back (history)
---
* stands for anything, as in from:10.1.*
entra: and from: know what the Bastion audit log tells.`;

describe('help', () => {
  it('has a line for each command, and says once what can follow', () => {
    const { text, blocks } = helpView(menuEntries());

    expect(text).toBe('What /bastion can do: sessions, history, help.');
    expect(read({ blocks })).toBe(`What /bastion can do\n${commands}\n---\n${filters}`);
  });

  it.each([
    ['sesions host:prod', 'There is no such command. Did you mean /bastion sessions?', 'sessions host:prod'],
    ['hlep', 'There is no such command. Did you mean /bastion help?', 'help'],
    ['from:10.1.*', 'A filter comes after a command, such as /bastion sessions.', 'sessions from:10.1.*'],
    ['since:2d dba', 'A filter comes after a command, such as /bastion history.', 'history since:2d dba'],
    ['usr:bob', 'A filter comes after a command, such as /bastion sessions.', 'sessions usr:bob'],
    [
      'vm-sql-1',
      'There is no such command. Words to look for come after /bastion sessions.',
      'sessions vm-sql-1',
    ],
  ])('says what was probably meant, before the menu: %s', (typed, sentence, meant) => {
    const { text, blocks } = helpView(menuEntries(), guessUnknown(typed, menuEntries()));

    expect(text).toBe(sentence);
    expect(read({ blocks })).toBe(
      `${sentence}\n---\nTry /bastion ${meant}\n---\nWhat there is\n${commands}\n---\n${filters}`,
    );
  });

  it.each(menuEntries().flatMap(({ name, filters }) => filters.map((filter) => ({ name, ...filter }))))(
    'says of $name only what it reads: $typed, with all of $values',
    ({ key, values }) => {
      const typed = (values.length > 0 ? values : ['x']).map((value) => `${key}:${value}`);
      expect(typed.flatMap((one) => parseHistory(one).mistakes)).toEqual([]);
    },
  );
});

describe('a failure', () => {
  it.each([
    ['it is not known whether what you asked for was done', failureNote('ref-7')],
    ['I cannot reach my memory', storeUnreachable('ref-7')],
  ])('says "%s", and under which reference the log has it', (words, { text }) => {
    expect(text).toContain(words);
    expect(text).toContain('in the log under ref-7.');
  });
});
