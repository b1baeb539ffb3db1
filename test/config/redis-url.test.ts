import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, property, string } from 'fast-check';
import { Redis } from 'ioredis';
import { readEnvironment } from '../../src/config/env.ts';
import { readRedisUrl, redisWarnings } from '../../src/config/redis-url.ts';

function addressOf(pasted: string) {
  const read = readRedisUrl(pasted);
  if (!read.ok) throw new Error(read.mistake);
  return read.address;
}

/** Where ioredis goes, and as whom. */
function connectionTo(pasted: string) {
  const { options } = new Redis(addressOf(pasted).url, { lazyConnect: true });
  const { host, port, db, username, password, tls } = options;
  return { host, port, db, user: username ?? '', password: password ?? '', encrypted: Boolean(tls) };
}

const azure = { host: 'name.redis.azure.net', port: 10_000, db: 0, user: '', encrypted: true };

describe('the address of Redis, as people paste it,', () => {
  it.each([
    ['abc/d+e=', 'abc/d+e='],
    ['abc%2Fd%2Be%3D', 'abc/d+e='],
    ['a#b?c', 'a#b?c'],
    ['a@b:c', 'a@b:c'],
    ['100%', '100%'],
    ['50%=x/y', '50%=x/y'],
  ])('takes the access key %s', (key, password) => {
    expect(connectionTo(`rediss://:${key}@name.redis.azure.net:10000`)).toEqual({ ...azure, password });
  });

  it.each([
    ['in quotes', '"rediss://:k@name.redis.azure.net:10000"'],
    ['with space around it', " 'rediss://:k@name.redis.azure.net:10000' \n"],
    ['with its scheme in capitals', 'REDISS://:k@name.redis.azure.net:10000'],
  ])('takes one %s', (_how, pasted) => {
    expect(connectionTo(pasted)).toEqual({ ...azure, password: 'k' });
  });

  it.each([
    ['redis://cache', { host: 'cache', port: 6379, db: 0, user: '', password: '' }],
    ['redis://bot:k@cache:7000/3', { host: 'cache', port: 7000, db: 3, user: 'bot', password: 'k' }],
    ['redis://[::1]:7000/', { host: '::1', port: 7000, db: 0, user: '', password: '' }],
    ['redis://bot@10.0.0.7', { host: '10.0.0.7', port: 6379, db: 0, user: 'bot', password: '' }],
    ['redis://cache?family=6', { host: 'cache', port: 6379, db: 0, user: '', password: '' }],
  ])('takes %s', (pasted, there) => {
    expect(connectionTo(pasted)).toEqual({ ...there, encrypted: false });
  });

  it('takes any key that is encoded, and goes nowhere else for one that is not', () => {
    const key = string({
      minLength: 1,
      unit: constantFrom(...'a Z 0 9 + / = : @ ? # - _ . ~ ! $ & *'.split(' ')),
    });
    assert(
      property(key, constantFrom('rediss', 'redis'), (password, scheme) => {
        const at = `@name.redis.azure.net:10000`;
        expect(connectionTo(`${scheme}://:${encodeURIComponent(password)}${at}`)).toMatchObject({ password });
        const raw = readRedisUrl(`${scheme}://:${password}${at}`);
        expect(raw.ok ? raw.address : { host: azure.host, password }).toMatchObject({
          host: azure.host,
          password,
        });
        expect(raw.ok || /[@:].*[/?#]/.test(password)).toBe(true);
      }),
    );
  });

  it.each([
    ['name.redis.cache.windows.net:6380,password=hunter2=,ssl=True,abortConnect=False', /rediss:\/\/:PASS/],
    ['name.redis.cache.windows.net:6380,ssl=True,password=hunter2=', /connection string of Azure's portal/],
    ['name.redis.azure.net:10000', /redis:\/\/, rediss:\/\/ or unix:\/\//],
    ['rediss://hunter2/=@name.redis.azure.net:10000', /a colon before the password/],
    ['rediss://default:123/hunter2@name.redis.azure.net:10000', /two ways.*%2F/],
    ['rediss://default:?hunter2@name.redis.azure.net:10000', /two ways.*%3F/],
    ['redis://cache:6379/0?x=@hunter2', /two ways/],
    ['rediss://:hunter2/%2B@name.redis.azure.net:10000', /only in part/],
    ['rediss://:hunter2%2B%@name.redis.azure.net:10000', /only in part.*%25/],
    ['rediss://:hunter2%FF@name.redis.azure.net:10000', /only in part/],
    ['rediss://:hunter2@name.redis.azure.net:10000/hunter', /the number of a database/],
    ['rediss://:hunter2@name.redis.azure.net:10000?ssl=true', /nothing after it/],
    ['rediss://:hunter2@name.redis.azure.net:99999', /HOST:PORT/],
    ['rediss://:hunter2@', /HOST:PORT/],
    ['redis://', /HOST:PORT/],
    ['redis:///0', /HOST:PORT/],
    ['redis://::1:6379', /HOST:PORT/],
    ['"rediss://:hunter2@cache', /redis:\/\/, rediss:\/\/ or unix:\/\//],
    ['unix://run/redis.sock', /begins with \//],
  ])('says of %s what to write, and not the key', (pasted, advice) => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's'.repeat(32), REDIS_URL: pasted };
    const read = readEnvironment(env);
    const [mistake = '', ...others] = read.ok ? [] : read.mistakes;
    expect(others).toEqual([]);
    expect(mistake).toMatch(/^REDIS_URL: /);
    expect(mistake).toMatch(advice);
    expect(mistake).not.toContain('hunter');
  });

  it.each(['redis://cache', 'redis://10.0.0.7/1', 'redis://[fd00::7]', 'REDIS://redis.default.svc'])(
    'warns of %s, which others can read and write on the way',
    (pasted) => {
      const [warning = ''] = redisWarnings(addressOf(pasted));
      expect(warning).toMatch(/^REDIS_URL: redis:\/\/ to \S+ is not encrypted: .* reads what is stored/);
      expect(warning).toMatch(/write rediss:\/\//);
    },
  );

  it('warns of a password that goes there too, without showing it', () => {
    const [warning = ''] = redisWarnings(addressOf('redis://:hunter2@cache'));
    expect(warning).toMatch(/reads its password and what is stored/);
    expect(warning).not.toContain('hunter2');
  });

  it('hands its warnings to the start', () => {
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's'.repeat(32),
      REDIS_URL: 'redis://cache',
    };
    expect(readEnvironment(env)).toMatchObject({
      ok: true,
      warnings: redisWarnings(addressOf('redis://cache')),
    });
  });

  it.each(['rediss://:k@cache', 'redis://:k@localhost', 'redis://127.0.0.9', 'redis://[::1]', 'unix:///r'])(
    'has nothing to say of %s',
    (pasted) => {
      expect(redisWarnings(addressOf(pasted))).toEqual([]);
    },
  );
});
