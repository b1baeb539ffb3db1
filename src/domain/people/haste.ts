/** Commands of one person: so many at once, and ten more a second. Nobody types faster; a program does. */
const commands = { atOnce: 30, everyMs: 100 };

export function afterCommand(usedUntil: number, now: number): number | undefined {
  const { atOnce, everyMs } = commands;
  const ahead = Math.max(usedUntil - now, 0);
  const used = ahead > atOnce * everyMs ? 0 : ahead;
  return used > (atOnce - 1) * everyMs ? undefined : now + used + everyMs;
}

export const commandLimit: Readonly<typeof commands> = commands;
