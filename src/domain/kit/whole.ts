/**
 * Fits a value that knows every key and state of `T`, optional ones too: where `Held` lacks one, what is asked for
 * names what is missing. Objects are compared as written, so that a key nobody fills is a mistake, not a default.
 */
export type Holding<T, Held> = [Spelled<T>, Spelled<Held>] extends [Spelled<Held>, Spelled<T>]
  ? unknown
  : { readonly 'a state or a key is missing here': T };

type Spelled<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Spelled<Item>[]
    : {
        readonly [Key in keyof T]-?: Spelled<T[Key]> | (object extends Pick<T, Key> ? 'absent' : never);
      };

/** The value itself; it compiles only where every key of `T` is filled or left out on purpose. */
export function whole<T>() {
  return <V extends T>(value: V & Holding<T, V>): T => value;
}
