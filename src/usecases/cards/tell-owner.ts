import type { OwnerTold } from '../../domain/cards/content.ts';
import { nextLook } from '../../domain/cards/lost-posts.ts';
import { samePerson } from '../../domain/people/identity.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Policy, Principal } from '../../domain/policy/policy.ts';
import { isGone } from '../../domain/requests/gone.ts';
import type { Cards } from '../../ports/cards.ts';
import type { Ports } from '../../ports/ports.ts';
import { findOwner } from '../people/find-owner.ts';
import { identify } from '../people/identify.ts';

/** So long after the ending it is asked again who the owner is, where Slack cannot say. */
const asksForMs = 60 * 60_000;
const pauseMs = { least: 10_000, most: 10 * 60_000 };
/** Later it is no news any more; an owner who cannot be written to is not tried for ever. */
const isNewsForMs = 24 * 60 * 60_000;

type UsedPorts = Pick<Ports, 'cards' | 'clock' | 'log' | 'people' | 'policy' | 'requests'>;

interface Telling {
  readonly version: number;
  readonly content: OwnerTold | undefined;
  readonly to?: UserId;
  /** When to see who the owner is, where Slack cannot say now. */
  readonly askAgainAt?: number;
}

/** What the owner of an ended session hears: only where there is exactly one, and never who asked for it themselves. */
export async function tellOwner(
  { cards, clock, log, people, policy, requests }: UsedPorts,
  id: string,
): Promise<Telling | undefined> {
  const request = await requests.get(id);
  if (!request) return undefined;
  const nobody: Telling = { version: request.version, content: undefined };
  const { tellOwner: tells } = policy.disconnect;
  if (tells === 'off' || !isGone(request) || (await isTold(cards, id))) return nobody;
  const now = clock();
  const agoMs = now - request.state.checkedAt;
  if (agoMs > isNewsForMs) return nobody;

  const lookup = await findOwner({ people, policy }, request.session);
  if (!lookup.ok) {
    const { missingScope } = lookup;
    if (missingScope === undefined && agoMs < asksForMs) {
      return { ...nobody, askAgainAt: now + Math.min(pauseMs.most, Math.max(pauseMs.least, agoMs)) };
    }
    log.warn({ requestId: id, missingScope }, 'could not tell an owner that their session was ended');
    return nobody;
  }
  const { value: owner } = lookup;
  if (owner === undefined) return nobody;
  const known = await identify({ people }, [owner, request.requester]);
  if (samePerson(known, owner, request.requester) === 'yes') return nobody;
  return {
    version: request.version,
    to: owner,
    content: { request, whomToAsk: whomToAsk(policy), saysWho: tells === 'all' },
  };
}

/** Whether the message is there and is the only one: nothing that follows changes its words. */
async function isTold(cards: Cards, id: string): Promise<boolean> {
  const card = await cards.get({ card: 'owner-told', id });
  const { message, posting, extras } = card;
  const isKnown = posting === undefined && extras === undefined && nextLook(card) === undefined;
  return message !== undefined && isKnown;
}

function whomToAsk({ access, disconnect }: Policy): readonly Principal[] {
  return disconnect.approval === 'required' ? access.approve : access.disconnect;
}
