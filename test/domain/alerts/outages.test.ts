import { describe, expect, it } from '@jest/globals';
import { minute, noon } from '../../support/build.ts';
import { down, refused, world } from './founded.ts';

describe('an outage', () => {
  it('begins where one cause silences three hosts within an interval, and is stored once', () => {
    const estate = world();
    estate.fall('a', down, noon);
    estate.fall('b', { kind: 'timed-out' }, noon + 20_000);
    expect(estate.gather(noon + 2 * minute)).toEqual([]);
    estate.fall('c', { kind: 'failed', code: 'X' }, noon + minute);
    expect(estate.gather(noon + 3 * minute)).toMatchObject([
      {
        outage: { version: 0, since: noon, hosts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
        silences: [{ outageId: 'outage-1' }, { outageId: 'outage-1' }, { outageId: 'outage-1' }],
      },
    ]);
    expect(estate.gather(noon + 3 * minute)).toEqual([]);
  });

  it('begins with two where there are no others, and never with one', () => {
    const estate = world();
    estate.fall('a', down, noon);
    expect(estate.gather(noon, 1)).toEqual([]);
    estate.fall('b', down, noon);
    expect(estate.gather(noon, 3)).toEqual([]);
    expect(estate.gather(noon, 2)).toMatchObject([{ outage: { hosts: [{}, {}] } }]);
  });

  it('is none where the causes differ, or the hosts fell silent one after the other', () => {
    const estate = world();
    estate.fall('a', down, noon);
    estate.fall('b', refused, noon);
    estate.fall('c', { kind: 'locked' }, noon);
    expect(estate.gather(noon)).toEqual([]);
    estate.fall('d', down, noon + 3 * minute);
    estate.fall('e', down, noon + 6 * minute);
    expect(estate.gather(noon + 9 * minute)).toEqual([]);
  });

  it('takes in who falls silent later, and not who was silent long before', () => {
    const estate = world();
    estate.fall('e', down, noon - 60 * minute);
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('d', down, noon + 30 * minute);
    expect(estate.gather(noon + 31 * minute)).toMatchObject([
      { outage: { hosts: [{}, {}, {}, { name: 'd' }] } },
    ]);
    expect(estate.silent.get('e')?.silence).not.toHaveProperty('outageId');
  });

  it('tells who answers again, and is over once when nobody is left', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.answer('a');
    expect(estate.gather(noon + 2 * minute)).toMatchObject([
      {
        outage: {
          hosts: [{ left: { at: noon + 2 * minute, because: 'read' } }, {}, {}],
          state: { is: 'open' },
        },
      },
    ]);
    estate.answer('b');
    estate.answer('c');
    expect(estate.gather(noon + 3 * minute)).toMatchObject([
      { outage: { state: { is: 'over', at: noon + 3 * minute } }, silences: [] },
    ]);
    expect(estate.gather(noon + 4 * minute)).toEqual([]);
  });

  it('takes a host in again that answered once in between', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.answer('a');
    estate.gather(noon + 2 * minute);
    estate.fall('a', down, noon + 5 * minute);
    estate.gather(noon + 6 * minute);
    const [outage] = estate.lasting();
    expect(outage?.hosts.map(({ name, left }) => [name, left])).toEqual([
      ['b', undefined],
      ['c', undefined],
      ['a', undefined],
    ]);
  });

  it('has another cause once most of its hosts have', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('a', refused, noon);
    expect(estate.gather(noon + 2 * minute)).toMatchObject([
      { outage: { failure: down, hosts: [{ otherSince: noon + 2 * minute }, {}, {}] }, silences: [] },
    ]);
    estate.fall('b', refused, noon);
    estate.gather(noon + 3 * minute);
    expect(estate.lasting()).toMatchObject([
      { failure: refused, hosts: [{ name: 'a' }, { name: 'b' }, { otherSince: noon + 3 * minute }] },
    ]);
    expect(estate.lasting()[0]?.hosts[0]).not.toHaveProperty('otherSince');
  });

  it('lets a host go that has a cause of its own for three intervals: its own card comes, after a wait for company', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('a', { kind: 'locked' }, noon);
    estate.gather(noon + 2 * minute);
    expect(estate.gather(noon + 5 * minute)).toEqual([]);
    const later = noon + 5 * minute + 1;
    expect(estate.gather(later)).toMatchObject([
      { outage: { hosts: [{ left: { because: 'other-cause' } }, { name: 'b' }, { name: 'c' }] } },
    ]);
    const { silence } = estate.silent.get('a') ?? {};
    expect(silence).toMatchObject({ tellsFrom: later + 15_000 });
    expect(silence).not.toHaveProperty('outageId');
  });

  it('keeps a host of which it cannot be read whether it is silent', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    const one = estate.silent.get('a');
    if (!one) throw new Error('a is silent');
    estate.answer('a');
    expect(estate.gather(noon + 2 * minute, 5, ['a'])).toEqual([]);
    estate.silent.set('a', one);
    expect(estate.gather(noon + 3 * minute)).toEqual([]);
  });

  it('marks a silence again whose mark an older version has dropped', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    const one = estate.silent.get('a');
    if (!one) throw new Error('a is silent');
    const { outageId: _dropped, ...silence } = one.silence;
    estate.silent.set('a', { ...one, silence });
    const later = noon + 2 * minute;
    expect(estate.gather(later)).toMatchObject([{ silences: [{ outageId: 'outage-1' }] }]);
    expect(estate.gather(later + minute)).toEqual([]);
  });
});

describe('the card of an outage', () => {
  it('is not edited for every host that comes and goes, and at once when all is over', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon);
    estate.answer('a');
    expect(estate.gather(noon + 9999)).toEqual([]);
    expect(estate.gather(noon + 10_000)).toHaveLength(1);
    estate.answer('b');
    estate.answer('c');
    expect(estate.gather(noon + 10_001)).toMatchObject([{ outage: { state: { is: 'over' } } }]);
  });
});
