export type ProxyTrouble =
  | { readonly is: 'refused'; readonly name: string; readonly status: number }
  | { readonly is: 'unreachable'; readonly name: string }
  | { readonly is: 'silent'; readonly name: string };
