import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import type { SessionOrigin } from '../../simulator/azure/session-json.ts';
import { oneOf, seededRandom } from '../../support/random.ts';
import { originOf } from './origins.ts';

const visits = [
  { vm: 'vm-web-2', login: 'deploy', protocol: 'ssh', who: 'erin' },
  { vm: 'vm-web-3', login: 'deploy', protocol: 'ssh', who: 'alice' },
  { vm: 'vm-erp-db', login: 'dana', protocol: 'rdp', who: 'dana' },
  { vm: 'vm-files-1', login: 'backup', protocol: 'ssh', who: 'frank', isLikely: true },
  { vm: 'vm-build-1', login: 'alice', protocol: 'ssh', who: 'alice' },
  { vm: 'vm-build-2', login: 'carol', protocol: 'ssh', who: 'carol' },
  { vm: 'vm-jump-2', login: 'azureuser', protocol: 'rdp', who: 'dana' },
] as const;

type Visit = (typeof visits)[number];

/** What the log has of a visit; of a likely one it does not bear the session's id. */
function rowOf(visit: Visit): SessionOrigin {
  const isLikely = 'isLikely' in visit;
  return { ...originOf(visit.who), latenessMs: rowsLateMs, ...(isLikely && { tunnelId: randomUUID() }) };
}

/** In Azure it takes minutes. */
const rowsLateMs = 4000;
const mostVisits = 4;
const shortestPauseMs = 12_000;
const longestPauseMs = 40_000;

/** Sessions that come and go by themselves; those of others are left alone. Returns what ends it. */
export function startLife(azure: AzureSimulator, tell: (what: string) => void, seed = 1): () => void {
  const random = seededRandom(seed);
  const guests: { host: SimulatedHost; id: string }[] = [];
  let timer: NodeJS.Timeout;

  const arrive = () => {
    const host = oneOf(random, azure.hosts());
    const isFree = ({ vm }: Visit) => !everySession(azure).some((each) => each.vm === vm);
    const visit = oneOf(random, visits.filter(isFree));
    if (!host || !visit) return;
    const { vm, login, protocol } = visit;
    const { id } = host.startSession({ vm, login, protocol, origin: rowOf(visit) });
    guests.push({ host, id });
    tell(`${visit.login} connects to ${visit.vm} through ${host.name}`);
  };
  const leave = () => {
    const [guest] = guests.splice(Math.floor(random() * guests.length), 1);
    const session = guest?.host.sessions().find(({ id }) => id === guest.id);
    if (!guest || !session) return;
    guest.host.endSession(guest.id);
    tell(`${session.login} leaves ${session.vm}`);
  };
  const next = () => {
    const pauseMs = shortestPauseMs + random() * (longestPauseMs - shortestPauseMs);
    timer = setTimeout(() => {
      if (guests.length < mostVisits && random() < 0.6) arrive();
      else leave();
      next();
    }, pauseMs);
  };
  next();
  return () => clearTimeout(timer);
}

function everySession(azure: AzureSimulator) {
  return azure.hosts().flatMap((host) => host.sessions());
}
