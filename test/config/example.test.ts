import { expect, it } from '@jest/globals';
import { readPolicy } from '../../src/config/file.ts';

it('takes the example file as it is, with nothing to warn of', () => {
  expect(readPolicy('bastion-bot.example.yaml')).toMatchObject({ ok: true, warnings: [] });
});
