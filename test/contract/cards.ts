import { describe, expect, it } from '@jest/globals';
import type { Card } from '../../src/domain/cards/card.ts';
import type { CardKey } from '../../src/domain/cards/kinds.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aHost, aHostState, anAlert, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const key: CardKey = { card: 'alert', id: 'alert-1' };
const due = [{ kind: 'card', key }];
const message = { channel: 'C0ALERTS', message: '1700000000.000100' };
const unposted: Card = { key, version: 0, shown: 0 };
const never = noon + 365 * 24 * 60 * minute;

export function cardsContract(newSubject: NewSubject): void {
  describe('cards', () => {
    /** A card whose subject is at the given version, and which is due for it. */
    async function subjectAt(version: number): Promise<Stores> {
      const { stores } = await newSubject();
      await stores.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      for (let at = 0; at < version; at += 1) await moveSubject(stores, at);
      return stores;
    }
    async function moveSubject({ hostStates }: Stores, version: number): Promise<void> {
      const before = aHostState({ version, trackedSessions: [] });
      expect(await hostStates.save(before, before, [anAlert({ version })])).toBe('saved');
    }

    it('are there before they are first saved', async () => {
      const { cards } = (await newSubject()).stores;
      expect(await cards.get(key)).toEqual(unposted);
    });

    it('give back what was saved, one version on', async () => {
      const { cards } = await subjectAt(1);
      const card = { ...unposted, message, shown: 1, posting: { since: noon } };
      expect(await cards.save(card)).toBe('saved');
      expect(await cards.get(key)).toEqual({ ...card, version: 1 });
      expect(await cards.save({ key, version: 1, shown: 0 })).toBe('saved');
      expect(await cards.get(key)).toEqual({ key, version: 2, shown: 0 });
    });

    it('give back all that is open about them', async () => {
      const { cards } = await subjectAt(1);
      const card: Card = {
        ...unposted,
        message: { ...message, thread: '1700000000.000050' },
        editing: [noon, noon + 1],
        posting: { since: noon, to: { user: 'U0BOB' } },
        lost: [
          { since: noon, to: { channel: 'C0ALERTS', thread: '1.0' } },
          { since: noon + 1, lookAt: noon + minute },
        ],
        extras: [message],
        left: [
          { message, at: noon },
          { message, at: noon + 1, isTold: true },
        ],
      };
      await cards.save(card);
      expect(await cards.get(key)).toEqual({ ...card, version: 1 });
    });

    it('share when Slack last answered a post to a conversation', async () => {
      const { cards } = await subjectAt(1);
      expect(await cards.answeredAt('C0ALERTS')).toBeUndefined();
      await cards.noteAnswer('C0ALERTS', noon);
      await cards.noteAnswer('C0ALERTS', noon + 1);
      await cards.noteAnswer('U0BOB', noon + 2);
      expect(await cards.answeredAt('C0ALERTS')).toBe(noon + 1);
    });

    it('have one winner among fifty saves at once', async () => {
      const { cards } = await subjectAt(1);
      const saved = await atOnce(50, async (index) =>
        cards.save({ ...unposted, posting: { since: noon + index } }, noon),
      );
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
      expect((await cards.get(key)).posting).toEqual({ since: noon + saved.indexOf('saved') });
    });

    it('are no longer due once they show the state of their subject', async () => {
      const stores = await subjectAt(1);
      expect(await stores.due.by(noon, 10)).toEqual(due);
      await stores.cards.save({ ...unposted, message, shown: 1 });
      expect(await stores.due.by(never, 10)).toEqual([]);
    });

    it('are let be until then where they are due, and not made due by that', async () => {
      const stores = await subjectAt(1);
      await stores.due.postpone({ kind: 'card', key }, noon + minute);
      expect(await stores.due.by(noon + minute - 1, 10)).toEqual([]);
      expect(await stores.due.by(noon + minute, 10)).toEqual(due);
      await stores.due.postpone({ kind: 'alert', id: 'alert-9' }, noon);
      expect(await stores.due.by(noon + minute, 10)).toEqual(due);
    });

    it('are due again at the moment they ask for', async () => {
      const stores = await subjectAt(1);
      await stores.cards.save(unposted, noon + minute);
      expect(await stores.due.by(noon + minute - 1, 10)).toEqual([]);
      expect(await stores.due.by(noon + minute, 10)).toEqual(due);
    });

    it('are due at once when their subject has moved on while they were delivered', async () => {
      const stores = await subjectAt(1);
      await stores.cards.save({ ...unposted, posting: { since: noon } }, noon + minute);
      await moveSubject(stores, 1);
      await stores.cards.save({ ...unposted, version: 1, message, shown: 1 });
      expect(await stores.due.by(noon, 10)).toEqual(due);
    });

    it('change nothing that is due by a save that comes too late', async () => {
      const stores = await subjectAt(1);
      await stores.cards.save(unposted, noon + minute);
      expect(await stores.cards.save({ ...unposted, shown: 1 })).toBe('conflict');
      expect(await stores.due.by(never, 10)).toEqual(due);
    });

    it('settle only while they show the state of their subject', async () => {
      const stores = await subjectAt(2);
      await stores.cards.settle({ ...unposted, shown: 1 });
      expect(await stores.due.by(noon, 10)).toEqual(due);
      await stores.cards.settle({ ...unposted, shown: 2 });
      expect(await stores.due.by(never, 10)).toEqual([]);
    });

    it('settle without a subject', async () => {
      const { stores } = await newSubject();
      await stores.cards.save(unposted, noon);
      await stores.cards.settle({ ...unposted, version: 1 });
      expect(await stores.due.by(never, 10)).toEqual([]);
    });

    it('are in trouble until a save says otherwise', async () => {
      const { cards } = await subjectAt(1);
      const trouble = { code: 'not_in_channel', since: noon };
      await cards.save({ ...unposted, trouble }, noon + minute);
      expect(await cards.inTrouble()).toEqual([{ ...unposted, version: 1, trouble }]);
      await cards.save({ ...unposted, version: 1, message, shown: 1 });
      expect(await cards.inTrouble()).toEqual([]);
    });
  });

  describe('what is due', () => {
    it('comes the longest overdue first, and no more than asked for', async () => {
      const { cards, due } = (await newSubject()).stores;
      const keyOf = (id: string): CardKey => ({ ...key, id });
      const dueAt = { late: noon - minute, soon: noon + minute, now: noon, first: noon - 2 * minute };
      for (const [id, at] of Object.entries(dueAt)) await cards.save({ ...unposted, key: keyOf(id) }, at);
      const idsBy = async (now: number, atMost: number) =>
        (await due.by(now, atMost)).map((item) => (item.kind === 'card' ? item.key.id : item.id));
      expect(await idsBy(noon, 10)).toEqual(['first', 'late', 'now']);
      expect(await idsBy(noon, 2)).toEqual(['first', 'late']);
    });
  });
}
