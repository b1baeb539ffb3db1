import type { HomeView, KnownBlock } from '@slack/types';
import type { Home, HomeSights } from '../../domain/home/home.ts';
import { counted } from '../../wording/counted.ts';
import { logTroubleLines } from '../../wording/log-standing.ts';
import { pollingLines } from '../../wording/polling-standing.ts';
import { refusedBecause } from '../../wording/refused-posts.ts';
import { atSecond } from '../../wording/time.ts';
import { bold, words } from '../../wording/words.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import { heading, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { offerOf } from '../requests/ask-button.ts';
import { sessionRow } from '../sessions/row.ts';
import { homeAlert, onHome } from './alert.ts';
import { homeHosts } from './hosts.ts';
import { waitingBlocks } from './waiting.ts';

/** What somebody sees of the bot at any time. Instants, never ages: it is drawn again when something changes. */
export function homeView({ sights, waiting }: Home, drawnAt: number): HomeView {
  return {
    type: 'home',
    blocks: [
      ...(waiting
        ? section('Waiting for your approval', [
            ...waiting.shown.flatMap(waitingBlocks),
            ...rest(waiting.shown.length, waiting.count, { none: 'Nothing waits for you.', what: 'request' }),
          ])
        : []),
      ...('allowed' in sights ? accessRefusal(sights).blocks : sightBlocks(sights)),
      lines(
        words`As of ${atSecond(drawnAt)}. Changes follow within a minute or two while this tab is new; after ten minutes, open it again.`,
      ),
    ],
  };
}

export function homeNotice({ blocks }: Message): HomeView {
  return { type: 'home', blocks };
}

function sightBlocks(sights: HomeSights): readonly KnownBlock[] {
  const { alerts, mine } = sights;
  const offer = offerOf(sights.offer);
  const alike = { count: 1, onHost: 1 };
  const unpolled = pollingLines(sights.polling);
  return [
    ...(unpolled.length > 0 ? [lines(...unpolled)] : []),
    ...section('Open alerts', [
      ...(sights.alertsRefused === undefined ? [] : [alertsUnseen(sights.alertsRefused)]),
      ...alerts.shown.flatMap((alert) => homeAlert(alert, offer)),
      ...rest(alerts.shown.length, alerts.count, {
        none: 'No session is open longer than its rule allows.',
        what: 'alert',
      }),
    ]),
    ...section('Your sessions', [
      ...mine.shown.flatMap((row) => sessionRow({ ...row, ...alike }, offer, { ...onHome, namesHost: true })),
      ...rest(mine.shown.length, mine.count, {
        none: 'No open session is known to be yours.',
        what: 'session',
      }),
    ]),
    ...section('Bastion hosts', [
      homeHosts(sights),
      ...(sights.logTrouble ? [lines(...logTroubleLines(sights.logTrouble))] : []),
    ]),
  ];
}

function alertsUnseen(code: string): KnownBlock {
  const [cause, remedy] = refusedBecause(code, 'alerts');
  return lines(bold(words`Alerts do not reach their channel.`), cause, remedy);
}

function section(title: string, blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  return [heading(title), ...blocks];
}

function rest(
  shown: number,
  count: number,
  { none, what }: { readonly none: string; readonly what: string },
): readonly KnownBlock[] {
  if (count === 0) return [lines(words`${none}`)];
  return count > shown ? [lines(words`And ${counted(count - shown, what)} more.`)] : [];
}
