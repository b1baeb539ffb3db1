/** Fits a value that knows every key and state of `T`, optional ones too; else what is asked for names what is missing. */
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

export function whole<T>() {
  return <V extends T>(value: V & Holding<T, V>): T => value;
}
