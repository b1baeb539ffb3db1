import { describe, expect, it } from '@jest/globals';
import type { Counts, Sample } from './judge-growth.ts';
import { judgeGrowth } from './judge-growth.ts';

const nothing: Sample = { openSessions: 10, lasting: {}, members: {}, passing: {}, residentBytes: {} };
const samples = (at: (index: number) => Partial<Sample>) =>
  Array.from({ length: 48 }, (_, index) => ({ ...nothing, ...at(index) }));
const alerts = (count: number): Counts => ({ alert: count });
const growing = (all: readonly Sample[], caps = {}) =>
  judgeGrowth(all, caps)
    .filter(({ grows }) => grows)
    .map(({ what, family }) => `${what}: ${family}`);

describe('what grows in a soak', () => {
  it('is a family of lasting keys that gains a few and loses none', () => {
    expect(growing(samples((index) => ({ lasting: alerts(5 + Math.floor(index / 8)) })))).toEqual([
      'keys without TTL: alert',
    ]);
  });

  it('is a leak beneath what comes and goes', () => {
    expect(growing(samples((index) => ({ members: alerts(20 + (index % 5) + index / 4) })))).toEqual([
      'members: alert',
    ]);
  });

  it('is a family that was not there at first', () => {
    expect(growing(samples((index) => ({ lasting: index < 20 ? {} : alerts(index) })))).toEqual([
      'keys without TTL: alert',
    ]);
  });

  it('is not what wanders', () => {
    expect(growing(samples((index) => ({ lasting: alerts(5 + ((index * 7) % 6)) })))).toEqual([]);
  });

  it('is not what the sessions that are open explain', () => {
    const openSessions = (index: number) => 10 + Math.floor(index / 8);
    const kept = samples((index) => ({
      openSessions: openSessions(index),
      lasting: alerts(3 * openSessions(index)),
    }));
    expect(growing(kept)).toEqual([]);
    expect(growing(kept.map((sample) => ({ ...sample, openSessions: 10 })))).toEqual([
      'keys without TTL: alert',
    ]);
  });

  it('is not what fills up to its cap, until it is past that', () => {
    const filling = samples((index) => ({ members: { 'polls:events': index * 25 } }));
    expect(growing(filling, { 'polls:events': 1100 })).toEqual([]);
    expect(growing(filling, { 'polls:events': 900 })).toEqual(['members: polls:events']);
  });

  it('is never what has an end', () => {
    expect(growing(samples((index) => ({ passing: alerts(index * 10) })))).toEqual([]);
  });

  it('is memory by more than a tenth', () => {
    const resident = (perSample: number) =>
      samples((index) => ({ residentBytes: { 'replica 1': 100 + index * perSample } }));
    expect(growing(resident(0.25))).toEqual([]);
    expect(growing(resident(0.5))).toEqual(['RSS: replica 1']);
  });

  it('cannot be told from two samples', () => {
    expect(() => judgeGrowth([nothing, nothing])).toThrow('2 samples have no thirds');
  });
});
