import { placements } from '#src/database/spread/placements.ts';
import { inside, isTree, namesIn, type Query, type Tree, textIn, treeIn, treesIn, within } from './syntax.ts';

/** A table that a query names, with what the query says of the rows that it wants of it. */
export interface Named {
  readonly table: string;
  readonly alias: string;
  /** The values that its key is: parameters and constants; `several` for a list of them. */
  readonly pins: readonly string[];
  readonly isSeveral: boolean;
  /** The other tables of the query, and those of the queries around it, that it is joined to by the key. */
  readonly joined: readonly string[];
}

/** A query and those inside it are levels: each has its own tables and conditions. */
export interface Level {
  readonly query: Query;
  readonly named: readonly Named[];
  /** What the query calls its tables, subqueries, functions and lists of values. */
  readonly aliases: readonly string[];
  readonly around: Level | null;
  readonly inside: readonly Level[];
}

interface Source {
  readonly table: string | null;
  readonly alias: string;
}

/** A condition, and the tables that it narrows down: that of an outer join says nothing of the rows it keeps. */
interface Condition {
  readonly node: Tree;
  readonly narrows: ReadonlySet<string> | null;
}

export function levelOf(
  query: Query,
  around: Level | null = null,
  ctes: ReadonlySet<string> = new Set(),
): Level {
  const withNames = treesIn(treeIn(query.tree, 'withClause') ?? {}, 'ctes').flatMap(
    (cte) => textIn(treeIn(cte, 'CommonTableExpr') ?? {}, 'ctename') ?? [],
  );
  const known = new Set([...ctes, ...withNames]);
  const sources: Source[] = [];
  const conditions: Condition[] = [];
  readSources(query, known, sources, conditions);
  const named = sources.flatMap(({ table, alias }) =>
    table === null ? [] : [nameWith(table, alias, sources, conditions, around)],
  );
  const aliases = sources.map(({ alias }) => alias);
  const level = { query, named, aliases, around, inside: [] as Level[] };
  for (const one of parts(query)) level.inside.push(levelOf(one, level, known));
  return level;
}

/** All levels of a statement, the outermost first. */
export function allLevels(level: Level): readonly Level[] {
  return [level, ...level.inside.flatMap(allLevels)];
}

function parts({ kind, tree }: Query): readonly Query[] {
  const sides = [treeIn(tree, 'larg'), treeIn(tree, 'rarg')].filter((side) => side !== null);
  if (kind !== 'SelectStmt' || sides.length < 2) return inside(tree);
  const { larg: _left, rarg: _right, ...rest } = tree;
  return [...inside(rest), ...sides.map((side): Query => ({ kind, tree: side }))];
}

function readSources(
  { kind, tree }: Query,
  ctes: ReadonlySet<string>,
  sources: Source[],
  conditions: Condition[],
): void {
  const target = treeIn(tree, 'relation');
  if (target && kind !== 'SelectStmt') sources.push(sourceOf(target, ctes));
  for (const name of ['fromClause', 'usingClause'])
    for (const item of treesIn(tree, name)) readFrom(item, ctes, sources, conditions);
  for (const name of ['whereClause']) {
    const where = treeIn(tree, name);
    if (where) addConditions(where, null, conditions);
  }
}

function sourceOf(range: Tree, ctes: ReadonlySet<string>): Source {
  const name = textIn(range, 'relname') ?? '?';
  const schema = textIn(range, 'schemaname');
  const alias = textIn(treeIn(range, 'alias') ?? {}, 'aliasname') ?? name;
  if (schema === null && ctes.has(name)) return { table: null, alias };
  return { table: schema === null || schema === 'public' ? name : `${schema}.${name}`, alias };
}

function readFrom(
  item: Tree,
  ctes: ReadonlySet<string>,
  sources: Source[],
  conditions: Condition[],
): readonly string[] {
  const range = treeIn(item, 'RangeVar');
  if (range) {
    const source = sourceOf(range, ctes);
    sources.push(source);
    return [source.alias];
  }
  const join = treeIn(item, 'JoinExpr');
  if (join) {
    const left = readFrom(treeIn(join, 'larg') ?? {}, ctes, sources, conditions);
    const right = readFrom(treeIn(join, 'rarg') ?? {}, ctes, sources, conditions);
    const type = textIn(join, 'jointype');
    const narrows =
      type === 'JOIN_LEFT'
        ? new Set(right)
        : type === 'JOIN_RIGHT'
          ? new Set(left)
          : type === 'JOIN_FULL'
            ? new Set<string>()
            : null;
    const quals = treeIn(join, 'quals');
    if (quals) addConditions(quals, narrows, conditions);
    for (const column of namesIn(join, 'usingClause'))
      for (const a of left) for (const b of right) conditions.push({ node: equality(a, b, column), narrows });
    return [...left, ...right];
  }
  const other = treeIn(item, 'RangeSubselect') ?? treeIn(item, 'RangeFunction') ?? {};
  const alias = textIn(treeIn(other, 'alias') ?? {}, 'aliasname') ?? '?';
  sources.push({ table: null, alias });
  return [alias];
}

function equality(left: string, right: string, column: string): Tree {
  const reference = (table: string) => ({
    ColumnRef: { fields: [{ String: { sval: table } }, { String: { sval: column } }] },
  });
  const names = [{ String: { sval: '=' } }];
  return { A_Expr: { kind: 'AEXPR_OP', name: names, lexpr: reference(left), rexpr: reference(right) } };
}

function addConditions(node: Tree, narrows: ReadonlySet<string> | null, conditions: Condition[]): void {
  const both = treeIn(node, 'BoolExpr');
  if (both && textIn(both, 'boolop') === 'AND_EXPR')
    for (const one of treesIn(both, 'args')) addConditions(one, narrows, conditions);
  else conditions.push({ node, narrows });
}

/** What stands on one side of a comparison. */
type Term =
  | { readonly kind: 'column'; readonly alias: string; readonly column: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'other' };

/** A column, or a value that does not depend on any row. */
function termOf(node: Tree | null): Term {
  if (!node) return { kind: 'other' };
  const column = treeIn(node, 'ColumnRef');
  if (column) {
    const names = namesIn(column, 'fields');
    // In the body of a function, its parameters begin so.
    if (names.length === 1 && /^(p_|v_)/.test(names[0] ?? ''))
      return { kind: 'value', value: `:${names[0]}` };
    return names.length === 1
      ? { kind: 'column', alias: '', column: names[0] ?? '' }
      : { kind: 'column', alias: names.at(-2) ?? '', column: names.at(-1) ?? '' };
  }
  const parameter = treeIn(node, 'ParamRef');
  if (parameter) return { kind: 'value', value: `$${parameter.number ?? 0}` };
  const cast = treeIn(node, 'TypeCast');
  if (cast) return termOf(treeIn(cast, 'arg'));
  if (treeIn(node, 'A_Const')) return { kind: 'value', value: JSON.stringify(node.A_Const) };
  const isFixed = within(node, 'ColumnRef').length === 0 && inside(node).length === 0;
  return isFixed ? { kind: 'value', value: 'computed' } : { kind: 'other' };
}

interface Equality {
  readonly left: Term;
  readonly right: Term;
  readonly isSeveral: boolean;
}

function equalitiesIn(node: Tree): readonly Equality[] {
  const expression = treeIn(node, 'A_Expr');
  if (!expression || !namesIn(expression, 'name').includes('=')) return [];
  const kind = textIn(expression, 'kind');
  const lexpr = treeIn(expression, 'lexpr');
  const rexpr = treeIn(expression, 'rexpr');
  const lefts = rowOf(lexpr);
  if (kind === 'AEXPR_OP') {
    const rights = rowOf(rexpr);
    return lefts.map((left, at) => ({
      left: termOf(left),
      right: termOf(rights[at] ?? null),
      isSeveral: false,
    }));
  }
  if (kind === 'AEXPR_OP_ANY') return [{ left: termOf(lexpr), right: termOf(rexpr), isSeveral: true }];
  if (kind !== 'AEXPR_IN') return [];
  const items = treesIn(treeIn(rexpr ?? {}, 'List') ?? {}, 'items');
  return lefts.map((left, at) => {
    const rights = items.map((item) => termOf(rowOf(item)[at] ?? null));
    const isValue = rights.every(({ kind }) => kind === 'value');
    const [first] = rights;
    const right: Term = isValue && first ? first : { kind: 'other' };
    // A list of one is one of several the next time: of a person under the keys of two versions.
    return { left: termOf(left), right, isSeveral: true };
  });
}

function rowOf(node: Tree | null): readonly Tree[] {
  const row = node && treeIn(node, 'RowExpr');
  return row ? treesIn(row, 'args') : node ? [node] : [];
}

function nameWith(
  table: string,
  alias: string,
  sources: readonly Source[],
  conditions: readonly Condition[],
  around: Level | null,
): Named {
  const column = keyColumn(table);
  const pins = new Set<string>();
  const joined = new Set<string>();
  let isSeveral = false;
  if (column === null) return { table, alias, pins: [], isSeveral, joined: [] };
  const isKeyOf = (term: Term, { table: its, alias: name }: Source) =>
    term.kind === 'column' &&
    its !== null &&
    term.column === keyColumn(its) &&
    (term.alias === name || (term.alias === '' && owners(sources, term.column)[0]?.alias === name));
  const here = sources.find((one) => one.alias === alias) ?? { table, alias };
  const reached = [here];
  for (const from of reached)
    for (const { node, narrows } of conditions) {
      if (narrows && !narrows.has(from.alias)) continue;
      for (const { left, right, isSeveral: many } of equalitiesIn(node))
        for (const [one, other] of [
          [left, right],
          [right, left],
        ] as const) {
          if (!isKeyOf(one, from)) continue;
          if (other.kind === 'value') {
            pins.add(other.value);
            isSeveral ||= many;
          }
          const next = sources.find((source) => isKeyOf(other, source));
          if (next && !reached.includes(next)) reached.push(next);
          if (next) joined.add(next.alias);
          else if (other.kind === 'column' && other.alias !== '' && outerHas(around, other))
            joined.add(other.alias);
        }
    }
  return { table, alias, pins: [...pins], isSeveral, joined: [...joined] };
}

function outerHas(around: Level | null, { alias, column }: { alias: string; column: string }): boolean {
  for (let level = around; level; level = level.around)
    if (level.named.some((named) => named.alias === alias && keyColumn(named.table) === column)) return true;
  return false;
}

/** The tables that a column without a table may be of: all but the first are joined to it, or PostgreSQL would refuse. */
function owners(sources: readonly Source[], column: string): readonly Source[] {
  return sources.filter(({ table }) => table !== null && keyColumn(table) === column);
}

/** The column that places the rows of a table; null where they are not placed. */
export function keyColumn(table: string): string | null {
  const placement = placements[table];
  return placement?.kind === 'distributed' ? placement.column : null;
}

/** The value that an inserted row takes for a column: `$n`, or null when it comes from a row that is read. */
export function insertedKeys({ tree }: Query, column: string): readonly string[] | null {
  const columns = treesIn(tree, 'cols').map((col) => textIn(treeIn(col, 'ResTarget') ?? {}, 'name'));
  const at = columns.indexOf(column);
  const select = treeIn(treeIn(tree, 'selectStmt') ?? {}, 'SelectStmt');
  if (at < 0 || !select) return null;
  const rows = treesIn(select, 'valuesLists');
  const values =
    rows.length > 0
      ? rows.map((row) => treesIn(treeIn(row, 'List') ?? {}, 'items')[at])
      : [treeIn(treeIn(treesIn(select, 'targetList')[at] ?? {}, 'ResTarget') ?? {}, 'val')];
  const terms = values.map((value) => termOf(isTree(value) ? value : null));
  return terms.every((term) => term.kind === 'value')
    ? terms.map((term) => (term.kind === 'value' ? term.value : ''))
    : null;
}
