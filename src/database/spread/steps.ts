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
  /** Those of them, and of their partitions, of which the coordinator still has the rows of before. */
  readonly leftOver: readonly string[];
  /** How many nodes can hold rows. */
  readonly nodes: number;
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
  const { rows: placed } = await sql<{ name: string; full: boolean }>`
    select c.relname as name, pg_relation_size(c.oid) > 0 as full
    from pg_dist_partition join pg_class c on c.oid = logicalrelid
    where c.relnamespace = 'public'::regnamespace order by c.relname`.execute(db);
  const nodes = await sql<{ count: number }>`
    select count(*)::integer as count from pg_dist_node where isactive and shouldhaveshards`.execute(db);
  return {
    version: citus.version,
    placed: new Set(placed.map(({ name }) => name)),
    leftOver: placed.flatMap(({ name, full }) => (full ? [name] : [])),
    nodes: nodes.rows[0]?.count ?? 0,
  };
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

/**
 * Takes the rows away that the coordinator keeps on its disk after they were copied to the nodes, where nobody sees them
 * any more and no erasure reaches them. Only when every table is placed: it refuses one that a local table refers to.
 */
export function clearingSteps(leftOver: readonly string[]): readonly Step[] {
  return leftOver.map((table) => ({
    statement: `select truncate_local_data_after_distributing_table('public.${table}')`,
    does: `${table}: what the coordinator still had of it is gone`,
  }));
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
