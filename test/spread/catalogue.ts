import { type Kysely, sql } from 'kysely';
import { type Placement, placements } from '#src/database/spread/placements.ts';
import type { Database } from '#src/database/tables.ts';
import { type Rule, rules } from './rules.ts';

interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly columns: string[];
  /** Of a foreign key. */
  readonly other: string | null;
  readonly other_columns: string[] | null;
}

/** What the tables of a migrated database, with their constraints and triggers, do that Citus refuses. */
export async function brokenByTables(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ table: string; required: string[] }>`
    select c.relname as table, array(
      select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and attnotnull) as required
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`.execute(
    db,
  );
  const { rows: constraints } = await sql<Constraint>`
    select t.relname as table, i.relname as name, array(
      select attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey)) as columns,
      null as other, null as other_columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where x.indisunique and t.relnamespace = 'public'::regnamespace and not t.relispartition
    union all
    select t.relname, c.conname, array(
      select attname::text from unnest(c.conkey) with ordinality as k (n, at)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.at),
      o.relname, array(
      select attname::text from unnest(c.confkey) with ordinality as k (n, at)
        join pg_attribute a on a.attrelid = o.oid and a.attnum = k.n order by k.at)
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class o on o.oid = c.confrelid
    where c.contype = 'f' and t.relnamespace = 'public'::regnamespace and not t.relispartition`.execute(db);
  const { rows: triggers } = await sql<{ table: string; name: string }>`
    select c.relname as table, tgname as name from pg_trigger join pg_class c on c.oid = tgrelid
    where not tgisinternal and c.relnamespace = 'public'::regnamespace`.execute(db);
  const names = new Set(tables.map(({ table }) => table));
  return [
    ...Object.keys(placements).flatMap((table) => (names.has(table) ? [] : [`${table} is not a table`])),
    ...tables.flatMap(({ table, required }) => {
      const placement = placements[table];
      if (!placement) return [told('unknown-table', table)];
      const isKept = placement.kind !== 'distributed' || required.includes(placement.column);
      return isKept ? [] : [told('key-missing', table)];
    }),
    ...constraints.flatMap((constraint) => brokenBy(constraint)),
    ...triggers.flatMap(({ table, name }) =>
      placements[table]?.kind === 'local' ? [] : [told('trigger', `${table}: ${name}`)],
    ),
  ];
}

function brokenBy({ table, name, columns, other, other_columns: others }: Constraint): readonly string[] {
  const placement = placements[table];
  if (placement?.kind !== 'distributed')
    return other && kindOf(other) === 'distributed'
      ? [told('foreign-key-without-key', `${table}: ${name}`)]
      : [];
  if (other === null)
    return columns.includes(placement.column) ? [] : [told('unique-without-key', `${table}: ${name}`)];
  if (kindOf(other) === 'reference') return [];
  const there = placements[other];
  const at = columns.indexOf(placement.column);
  const isWithin =
    there?.kind === 'distributed' && there.key === placement.key && others?.[at] === there.column;
  return isWithin ? [] : [told('foreign-key-without-key', `${table}: ${name}`)];
}

function kindOf(table: string): Placement['kind'] | undefined {
  return placements[table]?.kind;
}

function told(rule: Rule, what: string): string {
  return `${what}: ${rules[rule]}`;
}
