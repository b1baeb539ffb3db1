import { accessSync, constants } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a Chromium on this machine: CHROMIUM_BIN, or the first that is installed. */
export function findBrowser(): string | undefined {
  const { CHROMIUM_BIN } = process.env;
  return (CHROMIUM_BIN ? [CHROMIUM_BIN] : places).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
