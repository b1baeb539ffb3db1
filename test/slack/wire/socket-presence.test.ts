import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SocketPresence } from '../../../src/slack/wire/socket-presence.ts';
import { socketPresence } from '../../../src/slack/wire/socket-presence.ts';
import { logLines } from '../../support/log-lines.ts';

describe('the connections to Slack', () => {
  let said: string[];
  let written: ReturnType<typeof logLines>;
  let presence: SocketPresence;

  beforeEach(() => {
    jest.useFakeTimers();
    said = [];
    written = logLines();
    presence = socketPresence((state, detail) => said.push(`${state}: ${detail}`), written.log);
  });
  afterEach(() => {
    presence.end();
    jest.useRealTimers();
  });

  const alarms = () => written.lines.filter(({ level }) => level === 'error');

  it('are down within five seconds of a start that finds no Slack, with the latest reason', () => {
    presence.failed('fetch failed');
    expect(said).toEqual([]);
    jest.advanceTimersByTime(4999);
    presence.failed('ratelimited');
    expect(said).toEqual(['down: fetch failed', 'down: ratelimited']);
  });

  it('may be lost for a moment', () => {
    presence.connected(2);
    presence.connected(1);
    presence.connected(0);
    jest.advanceTimersByTime(1000);
    presence.connected(1);
    jest.advanceTimersByTime(120_000);
    expect(said).toEqual([
      'ok: 2 connected',
      'ok: 1 connected',
      'degraded: the connections were lost',
      'ok: 1 connected',
    ]);
    expect(alarms()).toEqual([]);
  });

  it('sound the alarm once when none came back for a minute', () => {
    presence.connected(1);
    presence.connected(0);
    jest.advanceTimersByTime(59_999);
    expect(alarms()).toEqual([]);
    jest.advanceTimersByTime(120_000);
    expect(alarms()).toHaveLength(1);
    expect(said.at(-1)).toMatch(/^down/);
  });

  it('say nothing more after the end', () => {
    presence.connected(1);
    presence.end();
    presence.connected(0);
    jest.advanceTimersByTime(120_000);
    expect(said).toEqual(['ok: 1 connected']);
    expect(alarms()).toEqual([]);
  });
});
