import type { Handling } from '../domain/alerts/handling.ts';
import { person } from './person.ts';
import { quoted } from './reason.ts';
import { at } from './time.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

export const reasonInGlance = 80;

export function handlingWords(handling: Handling): Words {
  switch (handling.is) {
    case 'unattended':
      return [];
    case 'acknowledged':
      return words`, acknowledged`;
    case 'snoozed':
      return words`, snoozed until ${at(handling.until)}`;
    case 'woken':
      return words`, and the snooze is over`;
  }
}

export function handlingLines(handling: Handling, reasonAtMost?: number): readonly Words[] {
  switch (handling.is) {
    case 'unattended':
      return [];
    case 'acknowledged':
      return [words`Acknowledged by ${person(handling.by)}, ${at(handling.at)}.`];
    case 'snoozed':
    case 'woken': {
      const { by, until, reason, acknowledged } = handling;
      const snoozed = words`Snoozed by ${person(by)}, ${at(handling.at)}, until ${at(until)}: ${quoted(reason, reasonAtMost)}`;
      return acknowledged
        ? [words`Acknowledged by ${person(acknowledged.by)}, ${at(acknowledged.at)}.`, snoozed]
        : [snoozed];
    }
  }
}
