import type { KnownBlock } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertGlance } from '../../wording/alert-state.ts';
import { nameLength } from '../../wording/foreign.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { sinceLine, wayLine } from '../../wording/session-line.ts';
import { duration } from '../../wording/time.ts';
import { words } from '../../wording/words.ts';
import { alertButtons } from '../alerts/alert-buttons.ts';
import { lines } from '../kit/blocks.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';

/** Home has room for more than a message. */
export const onHome: LineRoom = { name: nameLength, line: 110 };

export function homeAlert(alert: Alert, offer: DisconnectOffer): readonly KnownBlock[] {
  const { session, hostName, rule } = alert;
  return [
    lines(
      words`${sinceLine(session, onHome.name)} (limit ${duration(rule.warnAfterMs)})`,
      wayLine(session, hostName, onHome),
      ...alertGlance(alert),
    ),
    alertButtons(alert, offer),
  ];
}
