import type { MrkdwnElement, SectionBlock } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertState } from '../../wording/alert-state.ts';
import { nameLength } from '../../wording/foreign.ts';
import type { OriginRoom } from '../../wording/origin.ts';
import { openSince } from '../../wording/session-facts.ts';
import { duration } from '../../wording/time.ts';
import { words } from '../../wording/words.ts';
import { alertRowMenu } from '../alerts/menu.ts';
import { spoken } from '../kit/spoken.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { rowText } from '../sessions/row.ts';

/** Home has room for more than a message. */
export const onHome: OriginRoom = { name: nameLength, candidates: 5 };

/** One alert among others: how it stands, since when, and the menu of what can be done. */
export function homeAlert(alert: Alert, offer: DisconnectOffer): SectionBlock {
  const { session, hostName, rule } = alert;
  const text = rowText(session, hostName, onHome);
  const since = spoken(words`since ${openSince(session)}\nallowed ${duration(rule.warnAfterMs)}`);
  const fields = [since, `*${spoken(alertState(alert).headline)}*`].map((said): MrkdwnElement => ({
    type: 'mrkdwn',
    text: said,
    verbatim: true,
  }));
  return {
    type: 'section',
    text: { type: 'plain_text', text, emoji: false },
    fields,
    accessory: alertRowMenu(alert, offer),
  };
}
