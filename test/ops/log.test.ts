import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { LogOptions } from '../../src/ops/log.ts';
import { outputAt, pinoLog } from '../../src/ops/log.ts';
import type { LogFields } from '../../src/ports/log.ts';
import { runs } from '../support/runs.ts';

function logged(fields: LogFields, event = 'something happened', level: LogOptions['level'] = 'debug') {
  const lines: string[] = [];
  const log = pinoLog({ level, destination: { write: (line) => lines.push(line) } });
  log.info(fields, event);
  return lines.join('');
}

describe('the log', () => {
  it('writes one line of JSON for each event', () => {
    expect(JSON.parse(logged({ host: 'bastion-prod', sessions: 3 }))).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      host: 'bastion-prod',
      sessions: 3,
      msg: 'something happened',
    });
  });

  it('says nothing below its level', () => {
    expect(logged({}, 'polled', 'warn')).toBe('');
  });

  it.each([
    { token: 'hunter2' },
    { deep: [{ deeper: { Authorization: 'hunter2' } }] },
    { body: { response_url: 'hunter2', trigger_id: 'hunter2', view: { private_metadata: 'hunter2' } } },
    { headers: new Map([['x-slack-signature', 'hunter2']]) },
    { text: 'failed with xoxb-1-hunter2 there' },
    { text: 'authorization: Bearer hunter2' },
    { text: 'redis://me:hunter2@redis:6379/0 is down' },
    { address: new URL('redis://:hunter2@redis:6379') },
    { text: 'POST https://hooks.slack.com/commands/T1/1/hunter2' },
    { error: new Error('refused xapp-1-hunter2', { cause: new Error('Bearer hunter2') }) },
    {
      error: Object.assign(new Error('401'), {
        request: { headers: { cookie: 'hunter2' } },
        config: 'hunter2',
      }),
    },
    { error: new AggregateError([new Error('xoxp-hunter2')]) },
  ])('never shows a secret, wherever it is: %j', (fields) => {
    expect(logged(fields)).toContain('something happened');
    expect(logged(fields)).not.toContain('hunter2');
  });

  const secrets: readonly string[] = [
    'xoxb-1-hunter2',
    'XAPP-1-hunter2',
    'Bearer hunter2',
    'eyJhbGciOi.eyJzdWIi.hunter2',
    'https://hooks.slack.com/commands/T1/1/hunter2',
    'https://hooks.slack-gov.com/commands/T1/1/hunter2',
    'redis://me:hunter2@redis:6379/0',
    'rediss://:hunter2/+=@hunter2@redis:6379/0',
    'a//b//me:hunter2@redis',
  ];
  const between = fc.constantFrom(' ', '"', '\n', ', ', ' at ');
  const filling = fc
    .tuple(fc.constantFrom('-', 'a', ' ', '//', '//a:', 'eyJ', 'a b', '@', 'é"', '\n  '), fc.nat(40_000))
    .map(([one, length]) => one.repeat(Math.ceil(length / one.length)));

  it('never shows a secret, or a part of one, wherever in a long text it stands', () => {
    const text = fc
      .tuple(filling, between, fc.constantFrom(...secrets), between, filling)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (long) => {
        expect(logged({ long, error: new Error(long), [long]: 1 }, long)).not.toMatch(/hunt/i);
      }),
      runs(300),
    );
  });

  it.each(secrets)('shows no half of a secret where it cuts a text: %s', (secret) => {
    // However it falls, the cut goes through the secret once.
    for (let at = 0; at <= secret.length; at += 1) {
      const long = `${'a b '.repeat(5000).slice(0, 16_384 - at - 1)} ${secret} and more`;
      const line = logged({ long, error: new Error(long) }, long);
      expect(line).not.toMatch(/hu|eyJ/);
      expect(line).toMatch(/\[\d+ characters more\]/);
    }
  });

  it('keeps the trace of an error whose message is long', () => {
    const error = new Error('-'.repeat(120_000));
    const line = logged({ error });
    expect(JSON.parse(line)).toMatchObject({ error: { stack: expect.stringContaining('log.test.ts') } });
    expect(line.length).toBeLessThan(60_000);
  });

  it('never shows the credentials of a proxy, and knows them from a tier of Azure', () => {
    const credentials = Buffer.from('me:hunter2').toString('base64');
    const text = `'proxy-authorization': 'Basic ${credentials}'`;
    expect(logged({ text })).toContain("'proxy-authorization': '[secret]'");
    expect(logged({ text: 'the Basic SKU of Bastion' })).toContain('the Basic SKU of Bastion');
  });

  it('never shows a secret in the event itself', () => {
    expect(logged({}, 'refused xoxb-hunter2')).not.toContain('hunter2');
  });

  it('keeps what an error says', () => {
    const error = Object.assign(new TypeError('no answer', { cause: new Error('reset') }), {
      code: 'ECONNRESET',
    });
    expect(JSON.parse(logged({ error }))).toMatchObject({
      error: { name: 'TypeError', message: 'no answer', code: 'ECONNRESET', cause: { message: 'reset' } },
    });
    expect(JSON.parse(logged({ err: error }))).toMatchObject({ err: { name: 'TypeError' } });
  });

  it('survives what JSON cannot hold', () => {
    const circle: Record<string, unknown> = { at: new Date(Number.NaN), big: 1n, bytes: new Uint8Array(3) };
    circle['itself'] = circle;
    expect(JSON.parse(logged({ circle }))).toMatchObject({
      circle: { at: null, big: '1', bytes: '[3 bytes]', itself: '[circular]' },
    });
  });

  it('outlives an output that takes nothing any more', () => {
    const dir = mkdtempSync(join(tmpdir(), 'bastion-bot-log-'));
    const file = join(dir, 'log');
    writeFileSync(file, '');
    // As a terminal that was closed, or a disk that is full: no line can be written.
    const descriptor = openSync(file, 'r');
    const log = pinoLog({ level: 'info', destination: outputAt(descriptor) });
    expect(() => log.info({}, 'nobody hears this')).not.toThrow();
    expect(() => log.info({}, 'nor this')).not.toThrow();
    closeSync(descriptor);
    rmSync(dir, { recursive: true });
  });
});
