import { z } from 'zod';

export const text = z.string();
export const instant = z.number();
export const version = z.int().nonnegative();
