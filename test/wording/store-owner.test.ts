import { describe, expect, it } from '@jest/globals';
import { ofAnotherBot, perhapsOfAnother } from '../../src/wording/store-owner.ts';

const owner = {
  teamId: 'T0OPS',
  teamName: 'Ops',
  appId: 'A0OURS',
  version: 1,
  tokens: ['fingerprint'],
  botUserId: 'U0BOT',
};
const ours = { teamId: 'T0OPS', teamName: 'Ops', botUserId: 'U0OTHERBOT' };

describe('whose the store is', () => {
  it('names the slash command by what it is: the manifest may call it anything', () => {
    const said = perhapsOfAnother(owner, ours, 'the-key');
    expect(said).toContain("or use the bot's slash command once;");
    expect(said).toContain('delete the key the-key');
    expect(said).not.toContain('/bastion');
  });

  it('says only that Slack has not spoken where it has not', () => {
    expect(perhapsOfAnother(owner, undefined, 'the-key')).toBe(
      'the store belongs to app A0OURS in Ops (T0OPS), and Slack has not said yet whether SLACK_BOT_TOKEN does too',
    );
  });

  it.each([
    ['REDIS_URL', 'another database number'],
    ['DATA_DIR', 'a DATA_DIR of its own'],
  ] as const)('names both bots and the way out of %s', (setting, way) => {
    const said = ofAnotherBot(owner, { ...ours, teamName: 'Dev', teamId: 'T0DEV' }, { setting, key: 'k' });
    for (const part of [setting, 'Ops (T0OPS)', 'Dev (T0DEV)', 'delete the key k', way]) {
      expect(said).toContain(part);
    }
  });
});
