import { type Kysely, sql } from 'kysely';
import { type Placement, placements } from '#src/database/spread/placements.ts';
import type { Database } from '#src/database/tables.ts';

/** One step of distributing the tables: a statement that is run by itself, and what it does. */
export interface Step {
  readonly statement: string;
  readonly does: string;
}

/** Which Citus is there, and what is done already; null without Citus. */
export interface Citus {
  readonly version: string;
  /** The tables that are distributed, or copied to every node. */
  readonly placed: ReadonlySet<string>;
}

/** Functions that nodes call on their own rows, with their arguments. */
const functionsOnNodes = [
  'new_support_code()',
  'audit_hash(bytea, bytea, integer, timestamptz, text, text, text, jsonb)',
] as const;

export async function findCitus(db: Kysely<Database>): Promise<Citus | null> {
  const { rows } = await sql<{ version: string }>`
    select extversion as version from pg_extension where extname = 'citus'`.execute(db);
  const [citus] = rows;
  if (!citus) return null;
  const placed = await sql<{ name: string }>`
    select c.relname as name from pg_dist_partition join pg_class c on c.oid = logicalrelid
    where c.relnamespace = 'public'::regnamespace`.execute(db);
  return { version: citus.version, placed: new Set(placed.rows.map(({ name }) => name)) };
}

/**
 * What distributes the tables, without those that are placed already: the functions that nodes need, the tables that each
 * node has a copy of, then the others, each after those that it refers to and together with those of the same key.
 */
export function distributingSteps(placed: ReadonlySet<string>): readonly Step[] {
  const missing = Object.entries(placements).filter(([table]) => !placed.has(table));
  return [
    ...(missing.some(([, { kind }]) => kind === 'distributed') ? functionsOnNodes.map(functionStep) : []),
    ...missing.flatMap(([table, { kind }]) => (kind === 'reference' ? [referenceStep(table)] : [])),
    ...missing.flatMap(([table, placement]) =>
      placement.kind === 'distributed' ? [distributedStep(table, placement)] : [],
    ),
  ];
}

function functionStep(signature: string): Step {
  return {
    statement: `select create_distributed_function('${signature}')`,
    does: `${signature}: on every node`,
  };
}

function referenceStep(table: string): Step {
  return { statement: `select create_reference_table('${table}')`, does: `${table}: a copy on every node` };
}

function distributedStep(table: string, { key, column }: Extract<Placement, { kind: 'distributed' }>): Step {
  const [first] = Object.entries(placements).flatMap(([name, other]) =>
    other.kind === 'distributed' && other.key === key ? [name] : [],
  );
  const together = first === undefined || first === table ? 'none' : first;
  return {
    statement: `select create_distributed_table('${table}', '${column}', colocate_with => '${together}')`,
    does: together === 'none' ? `${table}: by ${column}` : `${table}: by ${column}, with ${together}`,
  };
}
