import { expect, it } from '@jest/globals';
import { isSlackAddress } from '../../../src/slack/wire/slack-address.ts';

const slackApi = 'https://slack.com/api/';

it.each([
  ['https://hooks.slack.com/commands/T0/1/secret', slackApi],
  ['https://slack.com/commands/T0/1', slackApi],
  ['https://hooks.slack.com/actions/T0/1', 'https://proxy.example.com/api/'],
  ['https://proxy.example.com/actions/T0/1', 'https://proxy.example.com/api/'],
  ['http://127.0.0.1:4000/commands/T0/1', 'http://127.0.0.1:4000/api/'],
])('%s is Slack where the API is %s', (address, apiUrl) => {
  expect(isSlackAddress(address, apiUrl)).toBe(true);
});

it.each([
  'https://evil.example/commands/T0/1',
  'https://slack.com.evil.example/',
  'https://evilslack.com/',
  'https://hooks.slack.com@evil.example/',
  'http://hooks.slack.com/commands/T0/1',
  'https://hooks.slack.com:8443/',
  'http://127.0.0.1:9/api/',
  'file:///etc/passwd',
  'not an address',
])('%s is not', (address) => {
  expect(isSlackAddress(address, slackApi)).toBe(false);
});
