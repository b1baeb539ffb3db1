import { describe, expect, it } from '@jest/globals';
import { completionOf } from './front/completion.ts';

const filters = [
  { key: 'host', about: 'the host', values: [] },
  { key: 'from', about: 'the address', values: [] },
  { key: 'sort', about: 'age or host', values: ['age', 'host'] },
];
const commands = [
  { name: 'sessions', summary: 'who is where', filters },
  { name: 'help', summary: 'this list', filters: [] },
];
const texts = (typed: string) => completionOf(typed, commands).offers.map(({ text }) => text);

describe('what can be typed further', () => {
  it.each([
    ['', []],
    ['hello', []],
    ['/', ['/bastion sessions', '/bastion help']],
    ['/bastion ', ['/bastion sessions', '/bastion help']],
    ['/bastion h', ['/bastion help']],
    ['/bastion help', []],
    ['/bastion help ', []],
    ['/bastion coffee ', []],
    ['/bastion sessions', []],
    ['/bastion sessions ', ['/bastion sessions host:', '/bastion sessions from:', '/bastion sessions sort:']],
    ['/bastion Sessions web fr', ['/bastion Sessions web from:']],
    ['/bastion sessions from:10.1.* h', ['/bastion sessions from:10.1.* host:']],
    ['/bastion sessions from:10.1.* f', []],
    ['/bastion sessions sort:', ['/bastion sessions sort:age ', '/bastion sessions sort:host ']],
    ['/bastion sessions sort:h', ['/bastion sessions sort:host ']],
    ['/bastion sessions sort:host', []],
    ['/bastion sessions host:', []],
    ['/bastion sessions host:"a b', []],
  ])('%j', (typed, offered) => {
    expect(texts(typed)).toEqual(offered);
  });

  it('is told with what it means', () => {
    expect(completionOf('/bastion sessions f', commands)).toEqual({
      of: 'Filters',
      offers: [{ text: '/bastion sessions from:', shown: 'from:', about: 'the address' }],
    });
  });
});
