import type { Outage } from '../../domain/alerts/outage.ts';
import { isLasting } from '../../domain/alerts/outage.ts';
import type { Silence } from '../../domain/alerts/silence.ts';
import { isSilent } from '../../domain/alerts/silence.ts';
import type { Ports } from '../../ports/ports.ts';

interface Telling {
  readonly version: number;
  /** Undefined where the card of an outage tells of it, or it is over before anybody heard of it. */
  readonly content: { readonly silence: Silence } | undefined;
  readonly askAgainAt?: number;
}

/** What the card of one silent host shows. It waits for company before it is posted, and is none's in an outage. */
export async function tellSilence(
  { silences, cards, clock }: Pick<Ports, 'silences' | 'cards' | 'clock'>,
  id: string,
): Promise<Telling | undefined> {
  const silence = await silences.get(id);
  if (!silence) return undefined;
  const { version, outageId, tellsFrom = 0 } = silence;
  const { message, posting } = await cards.get({ card: 'silence', id });
  const isThere = message !== undefined || posting !== undefined;
  const isNews = outageId === undefined && isSilent(silence);
  if (!isThere && !isNews) return { version, content: undefined };
  const waits = !isThere && tellsFrom > clock();
  return { version, content: { silence }, ...(waits && { askAgainAt: tellsFrom }) };
}

/** What the card of an outage shows: nothing where it is over before anybody heard of it. */
export async function tellOutage(
  { cards, outages }: Pick<Ports, 'cards' | 'outages'>,
  id: string,
): Promise<
  { readonly version: number; readonly content: { readonly outage: Outage } | undefined } | undefined
> {
  const outage = await outages.get(id);
  if (!outage) return undefined;
  const { message, posting, lost = [] } = await cards.get({ card: 'outage', id });
  const isThere = message !== undefined || posting !== undefined || lost.length > 0;
  return { version: outage.version, content: isLasting(outage) || isThere ? { outage } : undefined };
}
