import { isSameJson } from '../kit/same-json.ts';
import { foundOutages } from './outage-founding.ts';
import { followMembers, joinMembers, overWhereEmpty } from './outage-members.ts';
import type { Gathering, Outage, Sights, SilentHost } from './outage.ts';
import { isLasting, silentHosts } from './outage.ts';
import type { Silence } from './silence.ts';
import { companyMs } from './silence.ts';

export interface OutageChange {
  readonly outage: Outage;
  readonly silences: readonly Silence[];
}

/** An outage begins where one cause silences three hosts, or all, within an interval; another cause for three intervals leaves it. */
export function gatherOutages(sights: Sights, gathering: Gathering): readonly OutageChange[] {
  const followed = sights.outages.map((outage) => followMembers(outage, sights, gathering));
  const joined: Outage[] = [];
  for (const outage of followed) {
    joined.push(joinMembers(outage, freeOf(sights.silent, [...followed, ...joined]), gathering));
  }
  const causes = new Set(joined.filter((outage) => silentHosts(outage).length > 0).map(({ cause }) => cause));
  const founded = foundOutages(
    { free: freeOf(sights.silent, joined), causes, hosts: sights.hosts },
    gathering,
  );
  const before = new Map(sights.outages.map((outage) => [outage.id, outage]));
  return [...joined, ...founded].flatMap((one) => {
    const { now } = gathering;
    const outage = overWhereEmpty(one, now);
    const old = before.get(outage.id);
    if (old && isLasting(outage) && isTooSoon(old, now)) return [];
    const silences = marked({ outage, before: old }, sights.silent, now);
    const isSame = isSameJson(old, outage) && silences.length === 0;
    return isSame ? [] : [{ outage: { ...outage, changedAt: now }, silences }];
  });
}

/** Less than a silence waits for company: nobody who joins is told of twice. */
const changesEveryMs = 10_000;

function isTooSoon({ changedAt }: Outage, now: number): boolean {
  return now >= changedAt && now - changedAt < changesEveryMs;
}

function freeOf(silent: readonly SilentHost[], outages: readonly Outage[]): readonly SilentHost[] {
  const taken = new Set(outages.flatMap((outage) => silentHosts(outage).map(({ silenceId }) => silenceId)));
  return silent.filter(({ silence }) => !taken.has(silence.id));
}

/** What has to be stored beside the outage: a version of the bot that knows no outages forgets whose part a silence is. */
function marked(
  { outage, before }: { readonly outage: Outage; readonly before: Outage | undefined },
  silent: readonly SilentHost[],
  now: number,
): readonly Silence[] {
  const members = new Set(silentHosts(outage).map(({ silenceId }) => silenceId));
  const were = new Set(before?.hosts.map(({ silenceId }) => silenceId));
  return silent.flatMap(({ silence }): readonly Silence[] => {
    const { outageId, ...alone } = silence;
    if (members.has(silence.id)) return outageId === outage.id ? [] : [{ ...silence, outageId: outage.id }];
    const leaves = were.has(silence.id) && outageId === outage.id;
    return leaves ? [{ ...alone, tellsFrom: now + companyMs }] : [];
  });
}
