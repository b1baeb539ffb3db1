import { describe, expect, it } from '@jest/globals';
import { failureNote, memoryUnreachable } from '../../../src/slack/kit/failure.ts';
import { helpView } from '../../../src/slack/kit/help.ts';
import { read } from './read.ts';

const menu = [
  { usage: 'sessions', summary: 'Who is on which machine' },
  { usage: 'help', summary: 'This list' },
];
const list = `/bastion sessions  Who is on which machine
/bastion help  This list
---
user: is the login on the machine, entra: the Entra user, from: the address they come from, as far as the Bastion audit log tells. * stands for anything: from:10.1.*, entra:*@contractor.example.`;

describe('help', () => {
  it('lists the menu', () => {
    const { text, blocks } = helpView(menu);

    expect(text).toBe('What /bastion can do: sessions, help.');
    expect(read({ blocks })).toBe(`What /bastion can do\n${list}`);
  });

  it('guesses what was meant, before the menu', () => {
    const { text, blocks } = helpView(menu, { word: 'sesions', nearest: 'sessions' });

    expect(text).toBe('There is no /bastion “sesions”. Did you mean /bastion sessions?');
    expect(read({ blocks })).toBe(`${text}\n${list}`);
  });

  it('guesses nothing where nothing is near', () => {
    expect(helpView(menu, { word: 'coffee' }).text).toBe('There is no /bastion “coffee”.');
  });
});

describe('a failure', () => {
  it.each([
    ['it is not known whether what you asked for was done', failureNote('ref-7')],
    ['I cannot reach my memory', memoryUnreachable('ref-7')],
  ])('says "%s", and under which reference the log has it', (words, { text }) => {
    expect(text).toContain(words);
    expect(text).toContain('in the log under ref-7.');
  });
});
