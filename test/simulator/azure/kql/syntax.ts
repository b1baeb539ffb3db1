import type { Type, Value } from './value.ts';

export type Expression =
  | { readonly is: 'literal'; readonly type: Type; readonly value: Value }
  | { readonly is: 'name'; readonly name: string }
  /** The `*` of `arg_max(Time, *)`. */
  | { readonly is: 'everything' }
  | Call
  | {
      readonly is: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: 'among';
      readonly operator: string;
      readonly left: Expression;
      readonly list: readonly Expression[];
    };

export interface Call {
  readonly is: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}

/** `Name = expression`, or the expression alone. */
export interface Named {
  readonly name?: string;
  readonly value: Expression;
}

export interface OrderKey {
  readonly value: Expression;
  readonly isAscending: boolean;
  readonly areNullsFirst: boolean;
}

export type Operator =
  | { readonly is: 'where'; readonly condition: Expression }
  | { readonly is: 'extend'; readonly columns: readonly Named[] }
  | { readonly is: 'project'; readonly columns: readonly Named[] }
  | { readonly is: 'distinct'; readonly columns: readonly Named[] }
  | { readonly is: 'summarize'; readonly aggregates: readonly Named[]; readonly by: readonly Named[] }
  | { readonly is: 'order'; readonly keys: readonly OrderKey[] }
  | { readonly is: 'take'; readonly count: number }
  | { readonly is: 'count' }
  | { readonly is: 'getschema' };

export interface Query {
  readonly lets: readonly { readonly name: string; readonly value: Expression }[];
  readonly table: string;
  readonly operators: readonly Operator[];
}
