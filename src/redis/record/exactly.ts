import type { z } from 'zod';
import type { Holding } from '../../domain/kit/whole.ts';

/** The schema itself; it compiles only where it holds the whole of `T`, since a reading drops what a schema does not name. */
export function exactly<T>() {
  return <S extends z.ZodType<T>>(schema: S & Holding<T, z.output<S>>): z.ZodType<T> => schema;
}
