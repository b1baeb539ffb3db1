import { isLasting } from '../../domain/alerts/outage.ts';
import type { Sights } from '../../domain/alerts/outage.ts';
import type { OutageChange } from '../../domain/alerts/outages.ts';
import { gatherOutages } from '../../domain/alerts/outages.ts';
import { cardsOfSilence, cardsOfOutage } from '../../domain/cards/of-subject.ts';
import { isQuiet } from '../../domain/hosts/azure-failure.ts';
import { isSameJson } from '../../domain/kit/same-json.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import { isUnreadable } from '../../domain/sessions/host-state.ts';
import type { HandOver } from '../../ports/outages.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<
  Ports,
  'cards' | 'clock' | 'hostStates' | 'jobs' | 'log' | 'newId' | 'outages' | 'policy' | 'silences'
>;

/**
 * Tells of hosts that are silent for one cause on one card. Safe to run twice at once and to be cut off anywhere: who
 * was faster has stored it, and the next round goes on from there.
 */
export async function tellOutages(ports: UsedPorts): Promise<void> {
  const { clock, jobs, log, newId, outages, policy } = ports;
  const sights = await look(ports);
  if (!sights) return;
  if (sights.silent.length === 0 && sights.outages.length === 0) return;
  const now = clock();
  const changes = gatherOutages(sights, { everyMs: policy.polling.everyMs, now, newId });
  for (const change of changes) {
    const { outage, silences } = change;
    const saved = await outages.save(change, now, await handOver(ports, change));
    if (saved === 'conflict') continue;
    const { id, cause, state, hosts } = outage;
    log.warn({ outageId: id, cause, state: state.is, hosts: hosts.length }, 'decided on an outage');
    const keys = [...cardsOfOutage(outage), ...silences.flatMap(cardsOfSilence)];
    await jobs.enqueue(keys.map((key) => ({ kind: 'card', key })));
  }
}

/**
 * Undefined where an outage was stored meanwhile: what was read before would end it, and what was read after would begin
 * it once more.
 */
async function look({ silences, outages, hostStates }: UsedPorts): Promise<Sights | undefined> {
  const lasting = await outages.lasting();
  const states = await hostStates.all();
  const hosts = states.filter((hostState) => !isUnreadable(hostState) && !isQuietHost(hostState));
  const found = await silences.many(hosts.flatMap(({ silenceId }) => silenceId ?? []));
  if (!isSameJson(lasting, await outages.lasting())) return undefined;
  const byId = new Map(found.map((silence) => [silence.id, silence]));
  const isUnknown = ({ silenceId }: HostState) => silenceId !== undefined && !byId.has(silenceId);
  const unknown = states.filter((hostState) => isUnreadable(hostState) || isUnknown(hostState));
  return {
    unknown: new Set(unknown.map(({ host }) => host.id)),
    silent: hosts.flatMap(({ host, silenceId = '' }) => {
      const silence = byId.get(silenceId);
      return silence ? [{ host, silence }] : [];
    }),
    answering: new Set(hosts.filter(({ failing }) => !failing).map(({ host }) => host.id)),
    hosts: hosts.length,
    outages: lasting.filter(isLasting),
  };
}

function isQuietHost({ failing }: HostState): boolean {
  return failing !== undefined && isQuiet(failing.failure);
}

/** The first card that stands already becomes that of an outage which begins: nobody hears of it twice. */
async function handOver(
  { cards }: Pick<Ports, 'cards'>,
  { outage, silences }: OutageChange,
): Promise<HandOver | undefined> {
  const [key] = cardsOfOutage(outage);
  if (outage.version > 0 || !key) return undefined;
  for (const silence of silences) {
    for (const own of cardsOfSilence(silence)) {
      const { message, editing, left, ...from } = await cards.get(own);
      const isFree = message !== undefined && from.posting === undefined && from.extras === undefined;
      // An edit that is under way may write over what the outage's shows.
      const open = { ...(editing && { editing }), ...(left && { left }) };
      if (isFree) return { from, to: { key, version: 0, shown: 0, message, ...open } };
    }
  }
  return undefined;
}
