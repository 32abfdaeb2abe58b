import { readMigrations } from '#src/database/migrate.ts';
import { placements } from '#src/database/spread/placements.ts';

/** A function that the migrations make, with the tables that it names. */
export interface FunctionInfo {
  readonly name: string;
  readonly tables: readonly string[];
  readonly body: string;
}

/** Our functions by their names, as the last migration that makes one leaves them. */
export function ownFunctions(): ReadonlyMap<string, FunctionInfo> {
  const text = readMigrations()
    .map((migration) => migration.text)
    .join('\n');
  const functions = new Map<string, FunctionInfo>();
  const made = text.matchAll(/create (?:or replace )?function (\w+)\(|drop function (?:if exists )?(\w+)/g);
  for (const { 1: name, 2: dropped, index } of made) {
    if (dropped) functions.delete(dropped);
    if (!name) continue;
    const [, body = ''] = /\$\$(.*?)\$\$/s.exec(text.slice(index)) ?? [];
    const words = new Set(body.match(/\w+/g));
    functions.set(name, {
      name,
      body,
      tables: Object.keys(placements).filter((table) => isNamed(table, body, words)),
    });
  }
  return functions;
}

function isNamed(table: string, body: string, words: ReadonlySet<string>): boolean {
  return words.has(table) && new RegExp(`\\b(?:from|join|into|update|table|using)\\s+${table}\\b`).test(body);
}

/** What changes of distributed rows may call: immutable in PostgreSQL’s catalogue. */
export const immutable: ReadonlySet<string> = new Set([
  'array_append',
  'array_position',
  'array_remove',
  'cardinality',
  'coalesce',
  'convert_to',
  'count',
  'decode',
  'encode',
  'greatest',
  'int4send',
  'jsonb_set',
  'least',
  'make_interval',
  'max',
  'min',
  'sha256',
  'substring',
  'unnest',
]);

export const aggregates: ReadonlySet<string> = new Set([
  'array_agg',
  'bool_and',
  'bool_or',
  'count',
  'json_agg',
  'max',
  'min',
  'string_agg',
  'sum',
]);
