import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { clouds } from '../../src/azure/arm/clouds.ts';
import { azureCredential } from '../../src/azure/arm/credential.ts';
import { redisTokens } from '../../src/azure/redis-token.ts';
import { jobQueue } from '../../src/jobs/queue.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { wayOut } from '../../src/net/way-out.ts';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { checkRedis } from '../../src/redis/health.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import type { TokenSignIn } from '../../src/redis/token-sign-in.ts';
import { tokenSignIn } from '../../src/redis/token-sign-in.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { RedisFront } from '../simulator/azure/redis-front.ts';
import { startRedisFront } from '../simulator/azure/redis-front.ts';
import { eventually } from '../support/eventually.ts';
import { keepingLog } from '../support/log.ts';
import type { TestRedis } from '../support/redis.ts';
import { heard, startTestRedis } from '../support/redis.ts';

/** No longer than what the identity library keeps for the tests that follow. */
const lasting = { redisTokenLifetimeMs: 200_000 };
const user = 'c0ffee00-0000-4000-8000-00000000b07e';

describe('Redis whose password is a token of Azure', () => {
  let azure: AzureSimulator;
  let server: TestRedis;
  let front: RedisFront;
  let signIn: TokenSignIn;
  let open: Redis[];
  const { log, lines } = keepingLog();

  // The identity library keeps the address of the endpoint that it found first.
  beforeAll(async () => {
    azure = await startAzure();
    Object.assign(process.env, azure.environment);
  });
  afterAll(async () => azure.stop());

  beforeEach(async () => {
    server = await startTestRedis();
    front = await startRedisFront({ socketPath: server.url.replace('unix://', ''), user });
    azure.behaveIdentity(lasting);
    signIn = await signedIn();
    open = [];
  });
  afterEach(async () => {
    signIn.stop();
    await Promise.all(open.map(closeRedis));
    await front.stop();
    await server.stop();
  });

  function askAzure() {
    const credential = azureCredential(clouds.public, wayOut());
    return redisTokens(() => Promise.resolve(credential));
  }

  /** Renews every second, long before the end of a token, however slow this machine is. */
  async function signedIn(): Promise<TokenSignIn> {
    const begun = tokenSignIn({
      user,
      ask: askAzure(),
      clock: Date.now,
      log,
      untilRenewal: () => 1000,
    });
    await begun.begun;
    return begun;
  }

  function connect(use: 'commands' | 'worker'): Redis {
    const redis = connectRedis({ url: `redis://127.0.0.1:${front.port}`, use, log, signIn });
    open.push(redis);
    return redis;
  }

  it('loses no command and no job while the token is renewed thrice and connections drop', async () => {
    const redis = connect('commands');
    const { readings } = redisStores({ redis, log });
    const queue = jobQueue({ connection: redis, clock: Date.now, log });
    const ran = { poll: new Set<string>(), alert: new Set<string>(), request: new Set<string>() };
    const worker = startWorker({
      connection: connect('worker'),
      clock: Date.now,
      log,
      duties: {
        poll: async ({ hostId }) => Promise.resolve(ran.poll.add(hostId)).then(() => 'done'),
        card: async () => Promise.resolve(),
        alert: async ({ id }) => Promise.resolve(void ran.alert.add(id)),
        request: async ({ id }) => Promise.resolve(void ran.request.add(id)),
      },
    });
    await heard(redis, 'ready');
    // Commands, the worker's own, and one that is blocked for each of the three queues.
    await eventually('all are signed in', () => front.borne().length === 5);

    let rounds = 0;
    let unreachable = 0;
    const counters: number[] = [];
    const withPatience = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      for (;;) {
        try {
          return await ask();
        } catch (error) {
          if (!(error instanceof StoreUnreachable)) throw error;
          unreachable += 1;
          await eventually('it is back', () => redis.status === 'ready');
        }
      }
    };
    const goRound = async () => {
      const id = String((rounds += 1));
      const begun = await withPatience(async () => readings.begin(id, 1000));
      if (begun !== 'busy') counters.push(begun.counter);
      await eventually('hints are taken', () => redis.status === 'ready');
      await queue.poll([id]);
      await queue.enqueue([
        { kind: 'alert', id },
        { kind: 'request', id },
      ]);
      await eventually('its jobs have run', () => Object.values(ran).every((done) => done.has(id)));
    };
    const roundsUntil = async (renewals: number) => {
      const wanted = front.tokens().length + renewals;
      while (front.tokens().length < wanted) await goRound();
      await eventually('all bear the newest', async () => {
        await goRound();
        return front.borne().length === 5 && front.borne().every((token) => token === front.tokens().at(-1));
      });
    };

    await roundsUntil(3);
    expect({ unreachable, expired: front.expiredConnections }).toEqual({ unreachable: 0, expired: 0 });
    expect(counters).toEqual(Array.from({ length: rounds }, (_, index) => index + 1));

    front.drop();
    await roundsUntil(1);
    expect(front.expiredConnections).toBe(0);
    expect(new Set(counters).size).toBe(rounds);
    expect(Object.values(ran).map((done) => done.size)).toEqual([rounds, rounds, rounds]);
    await worker.close(2000);
    await queue.close(2000);
    const said = JSON.stringify(lines.map(({ event, fields }) => [event, String(Object.values(fields))]));
    expect(front.tokens().filter((token) => said.includes(token))).toEqual([]);
  });

  it('works on with the token it has while Azure gives no other, and is let in again once it does', async () => {
    const redis = connect('commands');
    await heard(redis, 'ready');
    azure.behaveIdentity({ refuses: true });
    await eventually('Azure gives none', () => signIn.standing().trouble !== undefined);
    expect(await checkRedis(redis)).toEqual({ is: 'ok' });
    expect(signIn.standing()).toEqual({
      expiresAt: expect.any(Number) as unknown,
      trouble: expect.stringMatching(/^[A-Za-z]+Error$/) as unknown,
    });
    await front.refuse(front.tokens().at(-1) ?? '');
    front.drop();
    await eventually('it is refused', async () => (await checkRedis(redis)).is === 'refused');
    expect(await checkRedis(redis)).toEqual({ is: 'refused', why: 'WRONGPASS' });
    azure.behaveIdentity(lasting);
    await eventually('it is let in', async () => (await checkRedis(redis)).is === 'ok');
    expect(signIn.standing().trouble).toBeUndefined();
  });

  it('asks for another token than the one that is refused before its time', async () => {
    signIn.stop();
    signIn = tokenSignIn({ user, ask: askAzure(), clock: Date.now, log });
    await signIn.begun;
    const redis = connect('commands');
    await heard(redis, 'ready');
    const [token = ''] = front.tokens().slice(-1);
    await front.refuse(token);
    front.drop();
    await eventually('it is let in with another', () => {
      const [borne] = front.borne();
      return redis.status === 'ready' && borne !== undefined && borne !== token;
    });
    expect(await redis.ping()).toBe('PONG');
  });

  it('signs in as nobody else before there is a token', async () => {
    signIn.stop();
    azure.behaveIdentity({ refuses: true });
    signIn = await signedIn();
    const redis = connect('commands');
    await eventually('it is refused', async () => (await checkRedis(redis)).is === 'refused');
    expect(signIn.standing()).toEqual({ trouble: expect.any(String) as unknown });
    azure.behaveIdentity(lasting);
    await eventually('it is let in', async () => (await checkRedis(redis)).is === 'ok');
    expect(await redis.call('ACL', 'WHOAMI')).toBe(user);
  });

  it('keeps a connection that has ended and is connected again, as BullMQ does', async () => {
    const redis = connect('worker').duplicate();
    open.push(redis);
    await heard(redis, 'ready');
    redis.disconnect();
    await eventually('it has ended', () => redis.status === 'end');
    const [token] = front.tokens().slice(-1);
    await eventually('another token is there', () => front.tokens().at(-1) !== token);
    await front.refuse(token ?? '');
    await redis.connect();
    expect(await redis.ping()).toBe('PONG');
  });
});
