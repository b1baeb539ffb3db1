import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { commandLimit } from '../../src/domain/people/haste.ts';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { runCommand } from '../../src/slack/menu.ts';
import { aHostState, aSession, aTrackedSession } from '../support/build.ts';
import { asKeyboardsDo } from '../support/keyboards.ts';
import { memoryPorts, remember } from '../support/memory-ports.ts';
import { runs } from '../support/runs.ts';
import { read } from './kit/read.ts';

const by = { id: 'U0ALICE' };

async function answer(text: string, command = '/bastion') {
  const ports = memoryPorts();
  const session = aSession({ vm: { name: 'vm\u2011web\u20111' }, vmLogin: String.raw`CORP\Fay` });
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession({ session })] }));
  return runCommand(ports, { by, command, text });
}

describe('a command', () => {
  it.each([
    'sessions vm:web-1 user:fay@corp.example',
    'sessions "fay"',
    'history since:2d',
    'help',
    'hlep',
    'vm:web-1',
    '',
  ])('is answered in the same way, whatever a keyboard made of it: %j', async (plain) => {
    const expected = await answer(plain);
    await fc.assert(
      fc.asyncProperty(asKeyboardsDo(plain), async (given) => {
        expect(await answer(given)).toEqual(expected);
      }),
      runs(100),
    );
  });

  it('finds by a plain dash what Azure names by another, and by one login the other spelling', async () => {
    expect(read(await answer('sessions vm:web-1 user:fay@corp.example'))).toContain('1 of 1 session: ');
  });

  it('says what it looked for where it finds nothing, and why that can be nothing', async () => {
    const answered = read(await answer('sessions vm:web-2 protocol:telnet'));
    expect(answered).toContain(
      'None of 1 session fits vm:web-2 protocol:telnet\nThe protocols of Azure Bastion are rdp and ssh.',
    );
    expect(read(await answer('history vm:web-2'))).toContain('None of 0 sessions fits vm:web-2');
  });

  it('names itself as it is called here', async () => {
    for (const text of ['help', 'hlep', 'user:bob', 'web']) {
      const message = await answer(text, '/bastion-prod');
      expect(`${message.text}\n${read(message)}`).toContain('/bastion-prod ');
      expect(`${message.text}\n${read(message)}`).not.toMatch(/\/bastion(?!-prod)/);
    }
  });
});

const alice = { id: 'U0ALICE' };
const typing = (person: { readonly id: string }, text: string) => ({
  by: person,
  command: '/bastion',
  text,
});

describe('commands', () => {
  it('that comes faster than a person types is answered with a sentence, and nothing else is done', async () => {
    const ports = memoryPorts();
    for (let index = 0; index < commandLimit.atOnce; index += 1) {
      expect(read(await runCommand(ports, typing(alice, 'help')))).toContain('/bastion sessions');
    }
    const answer = read(await runCommand(ports, typing(alice, 'sessions')));
    expect(answer).toMatch(/^That was too fast for me.*\nSlow down, please: wait a few seconds/);
    expect(read(await runCommand(ports, typing({ id: 'U0BOB' }, 'help')))).toContain('/bastion sessions');
    ports.time.now += 500;
    expect(read(await runCommand(ports, typing(alice, 'help')))).toContain('/bastion sessions');
  });

  it('is of one person, under whichever of their ids it comes', async () => {
    const ports = memoryPorts();
    const ids = ['U0ALICE', 'W0ALICE'];
    for (const id of ids) ports.people.ids.set(id, ids);
    for (let index = 0; index < commandLimit.atOnce; index += 1) {
      await runCommand(ports, typing({ id: ids[index % 2] ?? '' }, 'help'));
    }
    for (const id of ids) {
      expect(read(await runCommand(ports, typing({ id }, 'help')))).toMatch(/^That was too fast/);
    }
    expect(ports.trail).toMatchObject([{ by: 'U0ALICE', ids, what: 'command-refused' }]);
  });

  it('is of an id whose others Slack cannot tell', async () => {
    const ports = memoryPorts();
    ports.people.ids.set('U0ALICE', undefined);
    for (let index = 0; index < commandLimit.atOnce; index += 1)
      await runCommand(ports, typing(alice, 'help'));
    expect(read(await runCommand(ports, typing(alice, 'help')))).toMatch(/^That was too fast/);
    expect(read(await runCommand(ports, typing({ id: 'W0ALICE' }, 'help')))).toContain('/bastion sessions');
  });

  it('is carried out while nobody can tell how fast they come', async () => {
    const takeCommand = async () => Promise.reject(new StoreUnreachable('Redis did not answer.'));
    const ports = memoryPorts({ throttle: { takeCommand } });
    expect(read(await runCommand(ports, typing(alice, 'help')))).toContain('/bastion sessions');
  });
});
