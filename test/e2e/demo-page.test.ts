import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deed } from '../demo/page/deed.ts';
import type { Patch } from '../demo/page/shown.ts';
import { isPatch } from '../demo/page/shown.ts';
import type { Demo } from '../support/demo.ts';
import { startDemo } from '../support/demo.ts';

describe('the page of the demo', () => {
  const demos: Demo[] = [];
  let url: string;

  const start = async (...args: readonly string[]) => {
    const demo = await startDemo(args);
    demos.push(demo);
    return demo;
  };
  /** Reads what a window is sent until a part of it is as wanted. */
  const until = async (wanted: (patch: Patch) => boolean) => {
    const { body } = await fetch(new URL('/events?as=U0ALICE', url));
    if (!body) throw new Error('nothing is sent');
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const events = `${text}${chunk}`.split('\n\n');
      text = events.pop() ?? '';
      const patches = events.map((event): unknown => JSON.parse(event.slice('data: '.length)));
      if (patches.filter(isPatch).some(wanted)) return;
    }
  };
  const perform = async (deed: Deed) =>
    fetch(new URL('/deed', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deed),
    });

  beforeAll(async () => {
    const demo = await start('--no-open');
    await demo.untilSays('Ready after');
    [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/(?=\s)/.exec(demo.output()) ?? [];
  }, 90_000);
  afterAll(async () => {
    await Promise.all(demos.map(async (demo) => demo.discard()));
  });

  it('plays the story until somebody does something, and again from the start, with hosts that answer', async () => {
    let host = '';
    await until(({ parts }) => parts.story?.is === 'playing');
    const answer = await perform({ do: 'command', as: 'U0BOB', typed: '/bastion help', channel: 'C0ALERTS' });
    expect(answer.status).toBe(200);
    await until(({ parts }) => parts.story?.is === 'stopped');
    await until(({ parts }) => {
      host = parts.hosts?.[0]?.id ?? '';
      return host !== '';
    });
    await perform({ do: 'setHealth', host, health: 'silent' });
    await until(({ parts }) => parts.hosts?.[0]?.health === 'silent');
    await perform({ do: 'playStory' });
    await until(
      ({ parts }) =>
        parts.story?.is === 'playing' && parts.hosts?.every(({ health }) => health === 'well') === true,
    );
    await perform({ do: 'stopStory' });
  }, 60_000);

  it('restarts the bot, which then answers as before', async () => {
    expect((await perform({ do: 'restartBot' })).status).toBe(200);
    const answered = until(({ messages }) =>
      messages.some(({ isPrivate, text }) => isPrivate && text.includes('/bastion')),
    );
    await perform({ do: 'command', as: 'U0ALICE', typed: '/bastion help', channel: 'C0ALERTS' });
    await answered;
    expect(demos[0]?.process.exitCode).toBeNull();
  }, 60_000);

  it('has a clear word for a port that is taken, and for what is no port', async () => {
    const { port } = new URL(url);
    const [busy, wrong] = [await start('--port', port), await start('--port', 'eighty')];
    expect(await busy.exited).toBe(1);
    expect(busy.output()).toContain(`Port ${port} is in use already`);
    expect(await wrong.exited).toBe(1);
    expect(wrong.output()).toMatch(/^--port takes a number from 1 to 65535/);
    expect(await busy.leftFiles()).toEqual([]);
  }, 90_000);
});
