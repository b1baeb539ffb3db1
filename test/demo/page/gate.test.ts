import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { startAzure } from '../../simulator/azure/azure-simulator.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { bundle } from './bundle.ts';
import type { Page } from './page.ts';
import { startPage } from './page.ts';

let slack: SlackSimulator;
let azure: AzureSimulator;
let page: Page;

beforeAll(async () => {
  [slack, azure] = await Promise.all([startSlack(), startAzure()]);
  page = await startPage({ slack, azure });
});
afterAll(async () => {
  await page.stop();
  await Promise.all([slack.stop(), azure.stop()]);
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Unlike fetch, it says any Host and Origin. */
async function ask({ path = '/', method = 'GET', headers = {}, body = '' }: Asked) {
  return new Promise<{ status: number | undefined; body: string; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const outgoing = request(page.url, { path, method, headers }, (response) => {
        text(response).then(
          (said) => resolve({ status: response.statusCode, body: said, headers: response.headers }),
          reject,
        );
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    },
  );
}

const json = { 'content-type': 'application/json' };
const endSession = JSON.stringify({ do: 'endSession', host: 'x', session: 'y' });

describe('the door of the page', () => {
  it('opens to loopback by name and by number', async () => {
    const { port } = new URL(page.url);
    expect(await ask({})).toMatchObject({ status: 200 });
    expect(await ask({ headers: { host: `localhost:${port}` } })).toMatchObject({ status: 200 });
  });

  it.each([
    ['a name that was made to point here', { headers: { host: 'evil.example' } }],
    ['loopback on another port', { headers: { host: '127.0.0.1:1' } }],
    ['the page of somebody else', { headers: { origin: 'https://evil.example' } }],
    ['a page without an origin', { headers: { origin: 'null' } }],
    ['a link or a script on another page', { headers: { 'sec-fetch-site': 'cross-site' } }],
    [
      'a form of somebody else',
      { path: '/deed', method: 'POST', body: endSession, headers: { 'content-type': 'text/plain' } },
    ],
  ])('stays shut for %s', async (_, asked) => {
    expect(await ask(asked)).toMatchObject({ status: 403 });
  });

  it.each(['', 'null', '{"do":"endSession"}', '{"do":"anything"}', '['])(
    'takes no deed that reads %j',
    async (body) => {
      expect(await ask({ path: '/deed', method: 'POST', headers: json, body })).toMatchObject({
        status: 400,
        body: 'this is no deed',
      });
    },
  );

  it('says what could not be done', async () => {
    const headers = { ...json, 'content-length': String(endSession.length) };
    expect(await ask({ path: '/deed', method: 'POST', headers, body: endSession })).toMatchObject({
      status: 409,
      body: 'there is no such host',
    });
  });

  it('knows nobody of another name, and no other page', async () => {
    expect(await ask({ path: '/events?as=U0NOBODY' })).toMatchObject({ status: 404 });
    expect(await ask({ path: '//' })).toMatchObject({ status: 404 });
    expect(await ask({ method: 'DELETE' })).toMatchObject({ status: 404 });
  });

  it('lets the page load and send nothing anywhere else', async () => {
    const { headers } = await ask({});
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/https?:|\*|unsafe/);
  });

  it('has little to load', async () => {
    const files = bundle();
    const zipped = [files['/page.js'], files['/page.css']].map((file) => gzipSync(file).length);
    expect(zipped.reduce((sum, size) => sum + size, 0)).toBeLessThan(300 * 1024);
  });
});
