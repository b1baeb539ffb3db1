import { spawn } from 'node:child_process';
import { platform } from 'node:process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** Shows the address in the browser of whoever sits at this terminal, if anybody does and there is a screen. */
export function openBrowser(url: string): void {
  const { CI, DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  const hasScreen = platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
  const opener = openers[platform];
  if (!opener || !process.stdout.isTTY || !hasScreen || CI || SSH_CONNECTION) return;
  const [program, ...args] = opener;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // The address is printed as well, so nothing is lost where this does not work.
  child.once('error', () => undefined);
  child.unref();
}
