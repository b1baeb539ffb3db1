/** What kept a connection from being made through a proxy. */
export type ProxyTrouble =
  /** It answered, with a status that is no success. */
  | { readonly is: 'refused'; readonly name: string; readonly status: number }
  | { readonly is: 'unreachable'; readonly name: string }
  | { readonly is: 'silent'; readonly name: string };
