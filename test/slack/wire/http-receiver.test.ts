import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import type { Admission } from '../../../src/slack/wire/admission.ts';
import type { HttpReceiver } from '../../../src/slack/wire/http-receiver.ts';
import { httpReceiver } from '../../../src/slack/wire/http-receiver.ts';
import { slackLogger } from '../../../src/slack/wire/web-client.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { logLines } from '../../support/log-lines.ts';

let slack: SlackSimulator;
let receiver: HttpReceiver;
let served: string[];
let admit: Admission;

beforeEach(async () => {
  slack = await startSlack();
  served = [];
  const { log } = logLines();
  const { SLACK_SIGNING_SECRET: signingSecret = '' } = slack.environment;
  receiver = httpReceiver({
    signingSecret,
    port: 0,
    clock: Date.now,
    log,
    admit: async (body) => admit(body),
    lingerMs: 0,
  });
  const app = new App({
    receiver,
    logger: slackLogger(log),
    convoStore: false,
    authorize: () => Promise.resolve({}),
  });
  app.command(/.*/, async ({ command, ack }) => {
    served.push(command.text);
    await ack();
  });
  const { port } = await receiver.start();
  slack.connect(`http://127.0.0.1:${port}`);
});
afterEach(async () => {
  await receiver.stop(1000);
  await slack.stop();
});

const command = async (text: string) => slack.as('U0ALICE').command(`/bastion ${text}`);

describe('what Slack sends over HTTP', () => {
  it.each([
    ['admitted', 200, ['one']],
    ['refused', 403, []],
    ['ignored', 200, []],
    ['not-yet', 503, []],
  ] as const)('is answered where it is %s', async (admitted, status, done) => {
    admit = async () => admitted;
    expect(await command('one')).toMatchObject({ status });
    expect(served).toEqual(done);
  });

  it('is answered in time where nobody can say whether it is admitted, and not begun after that', async () => {
    let admitAtLast: () => void = () => undefined;
    admit = async () => new Promise((resolve) => (admitAtLast = () => resolve('admitted')));
    expect(await command('late')).toMatchObject({ status: 503 });
    admitAtLast();
    admit = async () => 'admitted';
    await command('next');
    expect(served).toEqual(['next']);
  });
});
