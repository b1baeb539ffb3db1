import type { Chance } from './chance.ts';
import type { RedisStep } from './redis-proxy.ts';
import type { Stage } from './stage.ts';

/** Steps that are seen in the command that stores them. */
const stored: Readonly<Record<string, RegExp>> = {
  'raised an alert': /raisedAt\\":/,
  'announced a post': /posting\\":\{/,
  'stored where a post is': /message\\":\{\\"channel/,
  'opened a request': /is\\":\\"pending/,
  'stored a decision': /is\\":\\"(?:approved|denied|cancelled)/,
  'stored that it sends': /is\\":\\"sending/,
  'stored the proof': /is\\":\\"gone/,
  'began a reading': /turn:/,
  'set the worker going': /bull|:(requests|tasks):/,
};

/** Steps that are seen in a request at Slack. */
const seenBySlack: readonly string[] = ['chat.postMessage', 'chat.update', 'response_url', 'views.open'];

const waitForStepMs = 3000;

/** Ends processes with SIGKILL until so many have been or the signal; says how often, by where. */
export async function killAway(
  stage: Stage,
  chance: Chance,
  most: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const struck = new Map<string, number>();
  const count = (where: string) => void struck.set(where, (struck.get(where) ?? 0) + 1);
  const total = () => [...struck.values()].reduce((sum, each) => sum + each, 0);
  let redisIsBack = Promise.resolve();

  const strikeRedis = (where: string) => {
    count(`${where}: Redis`);
    const downMs = chance.odds(0.3) ? chance.between(1000, 4000) : chance.between(50, 500);
    redisIsBack = stage.redis
      .kill()
      .then(async () => chance.pause(downMs, downMs))
      .then(async () => stage.redis.restart());
  };
  const strikeReplica = (where: string, index: number) => {
    if (stage.replicas.all[index]?.strike(chance.between(0, 600))) count(`${where}: a replica`);
  };
  const strikeAll = (where: string) => {
    for (const index of stage.replicas.all.keys()) strikeReplica(where, index);
  };

  /** Waits for a step, at most so long; `arm` hands over what disarms it. */
  const atStep = async (arm: (strike: (act: () => void) => void) => () => void) => {
    let disarm = () => undefined as void;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitForStepMs);
      let isOver = false;
      disarm = arm((act) => {
        // Both replicas may come to the step at once; a second kill would overtake the restart after the first.
        if (isOver) return;
        isOver = true;
        act();
        clearTimeout(timer);
        resolve();
      });
    });
    disarm();
  };

  const atStoredStep = async () => {
    const name = chance.oneOf(Object.keys(stored)) ?? '';
    const step: RedisStep = { fits: stored[name] ?? /./, when: chance.odds(0.5) ? 'before' : 'after' };
    const isRedis = chance.odds(0.3);
    const where = `${step.when} it ${name}`;
    await atStep((strike) => {
      const armed = stage.replicas.all.map(({ proxy }, index) =>
        proxy.strikeAt(step, () =>
          strike(() => (isRedis ? strikeRedis(where) : strikeReplica(where, index))),
        ),
      );
      return () => {
        for (const each of armed) each.cancel();
      };
    });
  };

  const atSlackStep = async () => {
    const method = chance.oneOf(seenBySlack) ?? '';
    const isCarriedOut = chance.odds(0.5);
    const { changes, requests } = stage.slack;
    const seen = requests.all.length;
    const fault = isCarriedOut
      ? stage.slack.fault({ method, loseAnswer: true, times: 1 })
      : stage.slack.fault({ method, instead: 'hang', times: 1 });
    await atStep((strike) => {
      const unsubscribe = changes.subscribe(() => {
        if (!requests.all.slice(seen).some((each) => each.method === method && each.outcome === 'lost'))
          return;
        unsubscribe();
        strike(() => strikeAll(`${method} ${isCarriedOut ? 'carried out' : 'arrived'}`));
      });
      return () => {
        unsubscribe();
        fault.end();
      };
    });
  };

  const atAzureStep = async () => {
    const kind = chance.odds(0.6) ? 'disconnect' : 'sessions';
    const since = Date.now();
    await stage.azure.requests
      .waitFor((request) => request.kind === kind && request.at >= since, waitForStepMs)
      .then(() => strikeAll(`${kind} at Azure`))
      .catch(() => undefined);
  };

  while (total() < most && !signal.aborted) {
    await stage.replicas.untilReady(chance.odds(0.5) ? 2 : 1);
    await chance.pause(0, 600, signal);
    const roll = chance.between(0, 99);
    if (roll < 15) strikeReplica('at random', chance.between(0, 1));
    else if (roll < 35) strikeRedis('at random');
    else if (roll < 75) await atStoredStep();
    else if (roll < 90) await atSlackStep();
    else await atAzureStep();
    await redisIsBack;
  }
  return struck;
}
