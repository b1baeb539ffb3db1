import type { Outage } from '../domain/alerts/outage.ts';
import { leftBecause, silentHosts } from '../domain/alerts/outage.ts';
import type { AzureFailure } from '../domain/hosts/azure-failure.ts';
import { counted } from './counted.ts';
import { at } from './time.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

/** What is silent, since when and why, within what a lock screen shows; without a full stop. */
export function outageSentence(outage: Outage): Words {
  const { failure, hosts, since, state } = outage;
  switch (state.is) {
    case 'open':
      return words`No data from ${counted(silentHosts(outage).length, 'host')} since ${at(since)}: ${shortCause(failure)}`;
    case 'over': {
      const again = leftBecause(outage, 'read');
      if (again === 0)
        return words`No outage of ${counted(hosts.length, 'host')} any more, checked ${at(state.at)}`;
      return again === hosts.length
        ? words`Data again from all ${counted(again, 'host')}, checked ${at(state.at)}`
        : words`Data again from ${again} of ${counted(hosts.length, 'host')}, checked ${at(state.at)}`;
    }
  }
}

export function sessionsConcerned(outage: Outage): number {
  return silentHosts(outage).reduce((sum, { sessions }) => sum + sessions, 0);
}

function shortCause({ kind }: AzureFailure): string {
  return shortCauses[kind];
}

const shortCauses: Readonly<Record<AzureFailure['kind'], string>> = {
  forbidden: 'the bot lacks a right',
  'signed-out': 'Azure refuses the sign-in',
  'host-gone': 'Azure says they are gone',
  throttled: 'Azure asks to wait',
  busy: 'other operations go on',
  locked: 'a lock blocks it',
  unsupported: 'Azure lists no sessions',
  'not-understood': 'unknown answers',
  'timed-out': 'Azure does not answer',
  unreachable: 'Azure does not answer',
  failed: 'Azure answers with errors',
  'record-unreadable': 'records cannot be read',
};
