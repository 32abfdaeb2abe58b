/**
 * What Citus refuses, or does on every node although one would do, in words. Each statement of the product is held to
 * all of them (`judge.ts`), each table to those about tables (`catalogue.ts`).
 */
export const rules = {
  'unknown-table': 'A table has its place in src/database/spread/placements.ts.',
  'two-keys':
    'A statement is about rows placed by one key: a person, or an address, or a subject … Joins and subqueries between two keys would move rows between nodes, and Citus refuses most of them.',
  'two-values': 'All parts of a statement about one key are about the same value of it: the same person.',
  'local-and-spread':
    'A statement about distributed tables touches no table of the coordinator (jobs, counters), and calls no function that does: Citus would run it on a node that has no such rows.',
  'copied-and-spread':
    'A statement about distributed tables touches no table that each node has a copy of: after a change of both in one transaction, Citus knows no connection that sees the two.',
  'every-shard':
    'A statement of a page says whose rows it reads: by equality with a value, for each table and in each subquery by itself. A statement over everybody is a duty or a command, with its reason in `everybody.ts`.',
  'key-not-joined':
    'Where a statement over everybody names several tables, they are joined by the key that places them.',
  correlated:
    'A subquery, `lateral` ones too, refers to the query around it by the key of its tables; never to a function or a list of values.',
  'locks-many':
    '`for update`, with or without `skip locked`, locks rows of one value of the key; Citus refuses it over several shards.',
  'writes-in-with':
    'A `with` query does not write: Citus runs each such part by itself, and refuses some. What belongs together is a transaction, which `atOnce` makes there.',
  'changes-many-by-join':
    'A change of rows of many people is one table and a condition; other tables in it are joined by the key, or asked for it (`key in (select key …)`).',
  'beside-aggregate':
    'A subquery does not stand beside an aggregate in what is selected of many: «can only be pushed down if they happen before aggregates».',
  'no-columns':
    'What is selected of many has a column: Citus names the columns of what it collects from nodes, and there must be one.',
  'time-zone':
    'A change neither moves an instant of its rows by an interval nor reads a column as one: that depends on the time zone, and «STABLE functions … cannot be called with column references».',
  'conflict-with-value':
    'Where what is inserted comes from no table, `on conflict` takes values from `excluded`: Citus sends that part to the nodes without the parameters.',
  'changes-key': 'No row moves to another node: the column that places it is never updated.',
  'insert-select':
    '`insert … select` writes for the same value of the key that it reads, which it takes as a value.',
  'conflict-without-key': '`on conflict` names a constraint that holds the key.',
  'unsafe-function':
    'Changes of distributed rows call immutable functions only: others could differ between copies, and Citus refuses volatile ones.',
  'function-reads-rows':
    'A function that reads distributed tables is called by itself (`select f(…)`), on the coordinator: on a node it would find nothing.',
  'function-body': 'What a function that reads distributed tables sends keeps the other rules.',
  'not-supported':
    'Citus has no recursive queries over several shards, no `tablesample`, no `grouping sets`.',
  unreadable: 'PostgreSQL’s own parser reads the statement.',
  'key-missing': 'The column that places the rows of a table exists and is not null.',
  'unique-without-key':
    'A primary key or unique constraint holds the key: others could only be checked everywhere.',
  'foreign-key-without-key': 'A foreign key holds the key on both sides, of tables placed by the same one.',
  trigger: 'A distributed table has no trigger: Citus needs `citus.enable_unsafe_triggers` for one.',
} as const;

export type Rule = keyof typeof rules;
