import { z } from 'zod';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const duration = z
  .string('expected a duration such as 30s, 15m, 4h or 2d')
  .regex(/^[1-9]\d{0,5}[smhd]$/, 'expected a duration such as 30s, 15m, 4h or 2d')
  .transform((text) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN));
