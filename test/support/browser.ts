import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** Without a window, and without word to anybody outside. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error('No Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM_BIN.');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
