import { expect, it } from '@jest/globals';
import { allOf, page } from './pages.ts';

it('CHANGELOG.md begins with the version of this package', () => {
  const [newest] = allOf(/^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$/gm, page('CHANGELOG.md'));
  const locked = allOf(/^ {2}"version": "(.+)",$/gm, page('package-lock.json'));
  expect(allOf(/^ {2}"version": "(.+)",$/gm, page('package.json'))).toEqual([newest]);
  expect(locked).toEqual([newest]);
});
