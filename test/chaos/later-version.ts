import type { Redis } from 'ioredis';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { alertKey, dueKey, hostsKey, hostStateKey } from '../../src/redis/record/keys.ts';
import { encode } from '../../src/redis/record/record.ts';
import { current } from '../simulator/slack/messages.ts';
import type { LaterRecords } from './ledger.ts';
import type { Remembered, Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';

/** A later version runs beside, and stores what nobody here can read: of a host of its own, and of what is due. */
export async function laterVersionStores(
  { azure }: Stage,
  redis: Redis,
  number: number,
): Promise<LaterRecords> {
  const hostName = `bastion-later-${number}`;
  const alertId = `later-${number}`;
  const due = `escalation:${alertId}`;
  const host = azure.addHost({ name: hostName });
  host.startSession({ vm: `vm-later-${number}`, ageMs: 3_600_000 });
  // This version must not be the first to read it.
  azure.removeHost(host);
  const { location, name, resourceGroup, subscriptionId } = host;
  const hostId = hostIdOf(host.id);
  const texts = {
    [hostStateKey(hostId)]: JSON.stringify({ schema: 2, version: 1000, seen: 'otherwise' }),
    [alertKey(alertId)]: JSON.stringify({ schema: 2, version: 1000, level: 'urgent' }),
  };
  await redis.mset(texts);
  await redis.zadd(dueKey, Date.now(), due);
  azure.restoreHost(host);
  await redis.hset(hostsKey, hostId, encode({ id: hostId, name, resourceGroup, subscriptionId, location }));
  return { hostName, texts, due };
}

/** All of it is there as it was, and the list says of its host why it is not read. */
export async function judgeLaterRecords(
  stage: Stage,
  { alerts }: Remembered,
  later: readonly LaterRecords[],
  redis: Redis,
  wrong: Wrong,
): Promise<void> {
  if (later.length === 0) return;
  const list = await listShown(stage);
  for (const { due, hostName, texts } of later) {
    for (const [key, text] of Object.entries(texts)) {
      const found = await redis.get(key);
      if (found !== text) wrong('later record changed', `${key} is ${String(found)}`);
    }
    if ((await redis.zscore(dueKey, due)) === null) wrong('later record gone', `${dueKey} ${due}`);
    if (alerts.some((alert) => alert.hostName === hostName)) wrong('later host alerted', hostName);
    if (!new RegExp(`${hostName}.*its record is unreadable`).test(list)) {
      wrong('later host not named', `${hostName}: ${list}`);
    }
  }
}

const patience = 20;

/** A process may have been struck, or go by a wrong clock, until just before. */
async function listShown({ askers: [asker = ''], replicas, slack }: Stage): Promise<string> {
  const person = slack.as(asker);
  replicas.route(([first]) => first);
  for (let tries = 0; tries < patience; tries += 1) {
    const before = person.ephemerals.length;
    const { ok } = await person.command('/bastion sessions');
    if (!ok) continue;
    const list = await slack.changes
      .until(() => person.ephemerals[before], 'the list')
      .catch(() => undefined);
    if (list) return `${current(list).text}\n${JSON.stringify(current(list).blocks)}`;
  }
  return 'no list';
}
