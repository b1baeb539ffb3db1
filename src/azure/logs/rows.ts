import { isIP } from 'node:net';
import type { Connection } from '../../domain/origins/connection.ts';
import type { JsonObject } from '../arm/json.ts';
import { isObject, parseJson } from '../arm/json.ts';
import { noColumn, told } from './query.ts';

export type Row = Readonly<Record<string, unknown>>;

export function rowsIn(body: unknown): readonly Row[] | undefined {
  const tables: unknown = isObject(body) ? body['tables'] : undefined;
  const table: unknown = Array.isArray(tables) ? tables[0] : undefined;
  if (!isObject(table)) return undefined;
  const { columns, rows } = table;
  if (!Array.isArray(columns) || !columns.every(isObject) || !Array.isArray(rows)) return undefined;
  const names = columns.map((column: JsonObject) => String(column['name']));
  if (!rows.every((row) => Array.isArray(row))) return undefined;
  return rows.map((row: readonly unknown[]) =>
    Object.fromEntries(names.map((name, index) => [name, row[index]])),
  );
}

export function connectionIn(row: Row): Connection | undefined {
  const { hostId } = row;
  const beganAt = instantIn(row['beganAt']);
  const endedAt = instantIn(row['endedAt']);
  if (typeof hostId !== 'string' || beganAt === undefined) return undefined;
  return {
    hostId: hostId.toLowerCase(),
    beganAt,
    ...(endedAt !== undefined && { endedAt }),
    tunnelIds: valuesIn(row, 'tunnelIds'),
    machineIds: valuesIn(row, 'machineIds').map(lower),
    machineAddresses: addressesIn(row, 'machineAddresses'),
    protocols: valuesIn(row, 'protocols').map(lower),
    vmLogins: valuesIn(row, 'vmLogins'),
    entraUsers: valuesIn(row, 'entraUsers').filter(isSignInName),
    clientAddresses: addressesIn(row, 'clientAddresses'),
    userAgents: valuesIn(row, 'userAgents'),
  };
}

export function missingColumns(rows: readonly Row[]): readonly string[] {
  const names = Object.entries(told).flatMap(([name, inTable]) =>
    rows.some((row) => mayHold(row[name], noColumn) && listIn(row[name]).includes(noColumn)) ? [inTable] : [],
  );
  return names.sort();
}

function valuesIn(row: Row, name: keyof typeof told): readonly string[] {
  const values = listIn(row[name]).flatMap((value) => {
    const said = value.trim();
    return said === '' || said === noColumn ? [] : [said];
  });
  return values.length > 1 ? [...new Set(values)].sort() : values;
}

function mayHold(list: unknown, value: string): boolean {
  return typeof list !== 'string' || list.includes(value);
}

/** Kusto's lists come as JSON in a string. */
function listIn(value: unknown): readonly string[] {
  const list: unknown = typeof value === 'string' ? parseJson(value) : value;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** A port may follow the address; other text is left out. */
function addressesIn(row: Row, name: keyof typeof told): readonly string[] {
  const addresses = valuesIn(row, name).map((value) => {
    const [, inBrackets] = /^\[(.+)\](?::\d+)?$/.exec(value) ?? [];
    const [, beforePort] = /^([\d.]+):\d+$/.exec(value) ?? [];
    return lower(inBrackets ?? beforePort ?? value);
  });
  return [...new Set(addresses)].filter((address) => isIP(address) !== 0);
}

/** A name without a domain does not tell one person from another. */
function isSignInName(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value);
}

function instantIn(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function lower(text: string): string {
  return text.toLowerCase();
}
