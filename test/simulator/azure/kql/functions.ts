import { semanticError } from './error.ts';
import type { Compiled, Scope } from './scope.ts';
import { columnNamed, constant, ingestionColumn } from './scope.ts';
import { textOf } from './text.ts';
import { binDate, readDate } from './time.ts';
import type { Type, Value } from './value.ts';
import { nullOf, unified } from './value.ts';

type Arguments = readonly Compiled[];

interface ScalarFunction {
  readonly least: number;
  readonly most?: number;
  compile(args: Arguments, scope: Scope, name: string): Compiled;
}

export function callFunction(name: string, args: Arguments, scope: Scope): Compiled {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!found) throw semanticError(`Unknown function: '${name}'.`, 'SEM0260');
  if (args.length < found.least || args.length > (found.most ?? found.least)) {
    throw semanticError(`${name}(): function expects ${found.least} argument(s).`, 'SEM0219');
  }
  return found.compile(args, scope, name);
}

const functions: Readonly<Record<string, ScalarFunction>> = {
  ago: { least: 1, compile: (args, { now }) => scalar('datetime', args, (span) => now - Number(span)) },
  bin: { least: 2, compile: ([value = empty, size = empty]) => bin(value, size) },
  case: { least: 3, most: 99, compile: (args, _scope, name) => firstThatHolds(name, args) },
  coalesce: { least: 2, most: 64, compile: (args, _scope, name) => coalesce(name, args) },
  column_ifexists: {
    least: 2,
    compile: ([name = empty, usual = empty], scope) => columnIf(name, usual, scope),
  },
  iff: { least: 3, compile: (args, _scope, name) => firstThatHolds(name, args) },
  iif: { least: 3, compile: (args, _scope, name) => firstThatHolds(name, args) },
  ingestion_time: {
    least: 0,
    compile: (_args, scope) => columnNamed(scope, ingestionColumn) ?? constant('datetime', null),
  },
  isempty: { least: 1, compile: (args) => scalar('bool', args, isEmpty) },
  isnotempty: { least: 1, compile: (args) => scalar('bool', args, (value) => !isEmpty(value)) },
  isnotnull: { least: 1, compile: (args) => scalar('bool', args, (value) => value !== null) },
  isnull: { least: 1, compile: (args) => scalar('bool', args, (value) => value === null) },
  not: { least: 1, compile: (args) => scalar('bool', args, (value) => (value === null ? null : !value)) },
  now: { least: 0, compile: (_args, { now }) => constant('datetime', now) },
  strcat: { least: 1, most: 64, compile: (args) => ofTexts('string', args, (...texts) => texts.join('')) },
  string_size: { least: 1, compile: (args) => ofTexts('long', args, (text) => Buffer.byteLength(text)) },
  strlen: { least: 1, compile: (args) => ofTexts('long', args, (text) => text.length) },
  substring: { least: 2, most: 3, compile: (args) => ofTexts('string', args, substring) },
  todatetime: { least: 1, compile: ([value = empty]) => toDateTime(value) },
  toint: { least: 1, compile: (args) => ofTexts('int', args, wholeNumber) },
  tolong: { least: 1, compile: (args) => ofTexts('long', args, wholeNumber) },
  tolower: { least: 1, compile: (args) => ofTexts('string', args, (text) => text.toLowerCase()) },
  tostring: { least: 1, compile: (args) => ofTexts('string', args, (text) => text) },
  toupper: { least: 1, compile: (args) => ofTexts('string', args, (text) => text.toUpperCase()) },
  trim: { least: 2, compile: (args) => ofTexts('string', args, trim) },
};

const empty = constant('dynamic', null);

function scalar(type: Type, args: Arguments, of: (...values: readonly Value[]) => Value): Compiled {
  const isConstant = args.every((arg) => arg.isConstant);
  const [only, ...more] = args;
  if (only && more.length === 0) return { type, isConstant, of: (row) => of(only.of(row)) };
  return { type, isConstant, of: (row) => of(...args.map((arg) => arg.of(row))) };
}

function substring(text: string, from = '0', length?: string): string {
  return text.slice(Number(from), length === undefined ? undefined : Number(from) + Number(length));
}

function ofTexts(
  type: Type,
  args: Arguments,
  of: (text: string, ...more: readonly string[]) => Value,
): Compiled {
  return scalar(type, args, (...values) => {
    const [first = '', ...rest] = values.map((value, index) => textOf(value, args[index]?.type ?? 'string'));
    return of(first, ...rest);
  });
}

function isEmpty(value: Value): boolean {
  return value === null || value === '';
}

function wholeNumber(text: string): Value {
  return /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Math.trunc(Number(text)) : null;
}

function trim(what: string, ...[text = '']: readonly string[]): string {
  return text.replace(new RegExp(`^(?:${what})+|(?:${what})+$`, 'g'), '');
}

function bin(value: Compiled, size: Compiled): Compiled {
  const ofDate = value.type === 'datetime';
  return scalar(value.type, [value, size], (each, span) => {
    if (typeof each !== 'number' || typeof span !== 'number' || span <= 0) return null;
    return ofDate ? binDate(each, span) : Math.floor(each / span) * span;
  });
}

/** The value of the first condition that holds, else the last argument: `iff` and `case`. */
function firstThatHolds(name: string, args: Arguments): Compiled {
  const values = args.filter((_, index) => index % 2 === 1 || index === args.length - 1);
  const conditions = args.filter((_, index) => index % 2 === 0 && index < args.length - 1);
  if (conditions.some(({ type }) => type !== 'bool')) {
    throw semanticError(`${name}(): argument #1 must be a boolean`, 'SEM0219');
  }
  return {
    type: commonType(name, values),
    isConstant: args.every(({ isConstant }) => isConstant),
    of(row) {
      const index = conditions.findIndex((condition) => condition.of(row) === true);
      return values.at(index)?.of(row) ?? null;
    },
  };
}

function coalesce(name: string, args: Arguments): Compiled {
  const type = commonType(name, args);
  return {
    type,
    isConstant: args.every(({ isConstant }) => isConstant),
    of(row) {
      for (const arg of args) {
        const value = arg.of(row);
        if (!isEmpty(value)) return value;
      }
      return nullOf(type);
    },
  };
}

/** What a value of another type becomes has to be said by a cast. */
function commonType(name: string, values: Arguments): Type {
  const types = values.map(({ type }) => type);
  const type = unified(types);
  if (type) return type;
  const named = [...new Set(types)].join(', ');
  throw semanticError(`${name}(): all arguments must have the same type, not ${named}`, 'SEM0247');
}

function columnIf(name: Compiled, usual: Compiled, scope: Scope): Compiled {
  const wanted = name.isConstant ? name.of([]) : undefined;
  if (typeof wanted !== 'string') {
    throw semanticError(`column_ifexists(): argument #1 must be a constant string`, 'SEM0219');
  }
  return columnNamed(scope, wanted) ?? usual;
}

function toDateTime(value: Compiled): Compiled {
  if (value.type === 'datetime') return value;
  return ofTexts('datetime', [value], (text) => readDate(text) ?? null);
}
