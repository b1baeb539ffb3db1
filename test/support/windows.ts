import type { Browser, BrowserContextOptions, Locator, Page as Window } from 'playwright-core';
import { openBrowser } from './browser.ts';

/** Browser windows on the simulated workspace. */
export interface Windows {
  readonly browser: Browser;
  /** What the pages asked of other hosts, and every mistake in their code. */
  readonly complaints: readonly string[];
  open(person: string, place: string, options?: BrowserContextOptions): Promise<Window>;
  close(): Promise<void>;
}

export async function openWindows({ url }: { readonly url: string }): Promise<Windows> {
  const browser = await openBrowser();
  const complaints: string[] = [];
  return {
    browser,
    complaints,
    open: async (person, place, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
      const window = await context.newPage();
      window.setDefaultTimeout(20_000);
      window.on('pageerror', (error) => complaints.push(String(error)));
      window.on('request', (request) => {
        if (!request.url().startsWith(url)) complaints.push(`asked for ${request.url()}`);
      });
      await window.goto(`${url}#/${person}/${place}`);
      await window.getByRole('main').waitFor();
      return window;
    },
    close: async () => browser.close(),
  };
}

/** The message that says this, as it is or will be. */
export function messageThat(window: Window, says: string | RegExp): Locator {
  return window.getByRole('main').getByRole('article').filter({ hasText: says });
}

export async function type(window: Window, command: string): Promise<void> {
  const box = window.getByRole('combobox', { name: /^Message/ });
  await box.fill(command);
  await box.press('Escape');
  await box.press('Enter');
}
