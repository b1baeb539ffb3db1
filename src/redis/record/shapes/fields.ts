import { z } from 'zod';

export const text = z.string();
export const instant = z.number();
/** Of a record that `atVersion` compares. */
export const version = z.int().nonnegative();
