import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { limitConnections } from '../../../src/slack/wire/connections.ts';

/** At most three, and in a burst perhaps more, by name; `busy` are at work. */
function limited(clock = () => 0, atMost = 3) {
  const sockets = new Map<string, Socket>();
  const busy = new Set<Socket>();
  const givenUp: string[] = [];
  const nameOf = (socket: Socket) => [...sockets].find(([, each]) => each === socket)?.[0] ?? '';
  const connections = limitConnections({
    most: 3,
    burst: { most: atMost, withinMs: 300 },
    clock,
    isAtWork: (socket) => busy.has(socket),
    giveUp: (socket) => givenUp.push(nameOf(socket)),
  });
  const socketOf = (name: string) => sockets.get(name) ?? new Socket();
  return {
    givenUp,
    open: (...names: readonly string[]) => {
      for (const name of names) {
        const socket = new Socket();
        sockets.set(name, socket);
        connections.add(socket);
      }
    },
    proves: (name: string) => connections.proved(socketOf(name)),
    works: (name: string) => busy.add(socketOf(name)),
    closes: (name: string) => socketOf(name).emit('close'),
  };
}

describe('connections beyond the limit', () => {
  it('cost the strangers theirs, who waited longest first', () => {
    const { open, proves, givenUp } = limited();
    open('slack', 'one', 'two');
    proves('slack');
    open('three', 'four', 'five');
    expect(givenUp).toEqual(['one', 'two', 'three']);
  });

  it('cost the one whose last signed request is longest ago where there is no stranger', () => {
    const { open, proves, givenUp } = limited();
    open('a', 'b', 'c');
    for (const name of ['a', 'b', 'c', 'a']) proves(name);
    open('d');
    expect(givenUp).toEqual(['b']);
  });

  it('cost none its answer, but the newcomer the place', () => {
    const { open, proves, works, givenUp } = limited();
    open('a', 'b', 'c');
    for (const name of ['a', 'b', 'c']) {
      proves(name);
      works(name);
    }
    open('d', 'e');
    expect(givenUp).toEqual(['d', 'e']);
  });

  it('are counted without those that were closed', () => {
    const { open, closes, proves, givenUp } = limited();
    open('a', 'b', 'c');
    closes('b');
    proves('b');
    open('d');
    expect(givenUp).toEqual([]);
  });

  it('cost nobody theirs while all came within a moment, up to a second limit', () => {
    const { open, givenUp } = limited(() => 0, 6);
    open('a', 'b', 'c', 'd', 'e', 'f');
    expect(givenUp).toEqual([]);
    open('g', 'h');
    expect(givenUp).toEqual(['a', 'b']);
  });

  it('are few again with the next that comes after a burst', () => {
    let now = 0;
    const { open, givenUp } = limited(() => now, 6);
    open('a', 'b', 'c', 'd', 'e');
    now = 300;
    open('f');
    expect(givenUp).toEqual(['a', 'b', 'c']);
  });
});
