import { parseSync } from 'libpg-query';
import { placements } from '#src/database/spread/placements.ts';
import { aggregates, type FunctionInfo, immutable } from './functions.ts';
import { allLevels, insertedKeys, keyColumn, type Level, levelOf, type Named } from './levels.ts';
import type { Rule } from './rules.ts';
import {
  isTree,
  namesIn,
  type Query,
  queryOf,
  type Tree,
  textIn,
  treeIn,
  treesIn,
  within,
} from './syntax.ts';

/** A rule that a statement breaks, and what in it does. */
export interface Fault {
  readonly rule: Rule;
  readonly what: string;
}

export interface Judged {
  readonly faults: Fault[];
  /** Whether it is about the rows of everybody. */
  readonly isEverybody: boolean;
}

/** The writes that `atOnce` joins, which run one by one where tables are distributed; any other statement is whole. */
export function partsOf(statement: string): readonly string[] {
  const [, writes] = /^with w0 as \((.*)\) select (?:require_change\(|\(select count)/s.exec(statement) ?? [];
  return writes?.split(/\), w\d+ as \(/).map((part) => part.replace(/ returning 1$/, '')) ?? [statement];
}

/** What a statement does wrong on a PostgreSQL that is spread out; `values` of its parameters, where they are known. */
export function judge(
  statement: string,
  functions: ReadonlyMap<string, FunctionInfo>,
  values: readonly (string | null)[] = [],
): Judged {
  const faults: Fault[] = [];
  const fault = (rule: Rule, what = '') => void faults.push({ rule, what });
  let parsed: unknown;
  try {
    parsed = parseSync(statement);
  } catch (error) {
    fault('unreadable', String(error));
    return { faults, isEverybody: false };
  }
  const [first] = isTree(parsed) ? treesIn(parsed, 'stmts') : [];
  const sent = treeIn(first ?? {}, 'stmt') ?? {};
  const query = queryOf(treeIn(treeIn(sent, 'DeclareCursorStmt') ?? {}, 'query') ?? sent);
  if (!query) return { faults, isEverybody: false };
  const top = levelOf(query);
  const levels = allLevels(top);
  const named = levels.flatMap((level) => level.named.filter(({ table }) => !isSystem(table)));
  for (const { table } of named) if (!isOther(table) && !placements[table]) fault('unknown-table', table);
  const called = functionsCalled(levels).flatMap((name) => functions.get(name) ?? []);
  const readers = called.filter(({ tables }) => tables.some(isSpread));
  if (readers.length > 0 && named.length > 0)
    fault('function-reads-rows', readers.map(({ name }) => name).join());
  const spread = named.filter(({ table }) => isSpread(table));
  if (spread.length === 0) return { faults, isEverybody: false };
  const keys = new Set(spread.map(({ table }) => keyOf(table)));
  if (keys.size > 1) fault('two-keys', [...keys].join(', '));
  const local = [
    ...named
      .filter(({ table }) => isOther(table) || placements[table]?.kind === 'local')
      .map(({ table }) => table),
    ...called
      .filter(({ tables }) => tables.some((table) => placements[table]?.kind === 'local'))
      .map(({ name }) => name),
  ];
  if (local.length > 0) fault('local-and-spread', local.join());
  const copied = named.filter(({ table }) => placements[table]?.kind === 'reference');
  if (copied.length > 0) fault('copied-and-spread', copied.map(({ table }) => table).join());
  const pinnings = levels.flatMap((level) => pinningsOf(level));
  const isEverybody = pinnings.some(({ pins }) => pins.length === 0);
  const isSeveral = isEverybody || pinnings.some((pinning) => pinning.isSeveral);
  const known = new Set(
    pinnings.flatMap(({ pins }) =>
      pins.flatMap((pin) => (pin.startsWith('$') ? (values[Number(pin.slice(1)) - 1] ?? []) : [])),
    ),
  );
  if (!isSeveral && known.size > 1) fault('two-values');
  for (const level of levels) judgeLevel(level, { isEverybody, isSeveral, isTop: level === top }, fault);
  return { faults, isEverybody };
}

type Report = (rule: Rule, what?: string) => void;

/** What a table is narrowed down to at its level: of an insert, by the values that it writes. */
function pinningsOf(level: Level): readonly Pick<Named, 'table' | 'pins' | 'isSeveral'>[] {
  const { query, named } = level;
  return named
    .filter(({ table }) => isSpread(table))
    .map((one, at) => {
      if (query.kind !== 'InsertStmt' || at > 0) return one;
      const column = keyColumn(one.table);
      const pins = column === null ? null : insertedKeys(query, column);
      // Rows that are made of values alone go where each belongs.
      const isOfValues = level.inside.every((one) => allLevels(one).every((part) => part.named.length === 0));
      if (pins === null && isOfValues) return { table: one.table, pins: ['values'], isSeveral: true };
      return { table: one.table, pins: pins ?? [], isSeveral: new Set(pins).size > 1 };
    });
}

function judgeLevel(
  level: Level,
  { isEverybody, isSeveral, isTop }: { isEverybody: boolean; isSeveral: boolean; isTop: boolean },
  fault: Report,
): void {
  const { query, named } = level;
  const { kind, tree } = query;
  const spread = named.filter(({ table }) => isSpread(table));
  if (spread.length === 0) return;
  const names = spread.map(({ table }) => table).join(', ');
  const changes = kind !== 'SelectStmt';
  if (changes && !isTop) fault('writes-in-with', names);
  if (kind === 'MergeStmt') fault('not-supported', 'merge');
  if (
    textIn(treeIn(tree, 'withClause') ?? {}, 'recursive') !== null ||
    treeIn(tree, 'withClause')?.recursive === true
  )
    fault('not-supported', 'with recursive');
  if (within(tree, 'RangeTableSample').length > 0 || within(tree, 'GroupingSet').length > 0)
    fault('not-supported');
  if (treesIn(tree, 'lockingClause').length > 0 && isSeveral) fault('locks-many', names);
  if (isSeveral && isBesideAggregate(level)) fault('beside-aggregate', names);
  if (isSeveral && kind === 'SelectStmt' && treesIn(tree, 'targetList').length === 0)
    fault('no-columns', names);
  if (isEverybody && !areJoined(spread)) fault('key-not-joined', names);
  if (
    isSeveral &&
    spread.length > 0 &&
    level.around &&
    level.inside.length === 0 &&
    isCorrelatedOtherwise(level)
  )
    fault('correlated', names);
  if (kind === 'UpdateStmt' || kind === 'DeleteStmt') judgeChange(level, isSeveral, fault);
  if (kind === 'InsertStmt') judgeInsert(level, fault);
}

/** Whether all tables of a level are joined by the key. */
function areJoined(spread: readonly Named[]): boolean {
  const unpinned = spread.filter(({ pins }) => pins.length === 0);
  const [first, ...others] = unpinned;
  if (!first) return true;
  const group = new Set([first.alias]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { alias, joined } of spread) {
      const touches = group.has(alias) || joined.some((other) => group.has(other));
      if (!touches) continue;
      for (const one of [alias, ...joined])
        if (!group.has(one)) {
          group.add(one);
          grown = true;
        }
    }
  }
  return others.every(({ alias }) => group.has(alias));
}

/** Whether a subquery refers to the query around it by another column than the key. */
function isCorrelatedOtherwise(level: Level): boolean {
  const outer = new Set<string>();
  for (let one = level.around; one; one = one.around) for (const alias of one.aliases) outer.add(alias);
  for (const alias of level.aliases) outer.delete(alias);
  const refers = within(level.query.tree, 'ColumnRef').some((column) => {
    const names = namesIn(column, 'fields');
    return names.length > 1 && outer.has(names.at(-2) ?? '');
  });
  return refers && !level.named.some(({ joined }) => joined.some((alias) => outer.has(alias)));
}

/** Whether a subquery stands in the list of what is selected, beside an aggregate without groups. */
function isBesideAggregate({ query, inside }: Level): boolean {
  const targets = { targets: treesIn(query.tree, 'targetList') };
  if (treesIn(query.tree, 'groupClause').length > 0 || within(targets, 'SubLink').length === 0) return false;
  const isOfTables = inside.some((one) => allLevels(one).some((part) => part.named.length > 0));
  return isOfTables && calledIn(targets).some((name) => aggregates.has(name));
}

/** Whether something of a row is moved in time or read as a time: what depends on the time zone is not immutable. */
function dependsOnTimeZone(tree: Tree): boolean {
  const ofRow = (node: unknown) => isTree(node) && within({ node }, 'ColumnRef').length > 0;
  const isMoved = within(tree, 'A_Expr').some((expression) => {
    const isSum = namesIn(expression, 'name').some((name) => name === '+' || name === '-');
    const isInterval =
      calledIn({ expression }).includes('make_interval') ||
      within({ expression }, 'TypeCast').some((cast) => typeOf(cast) === 'interval');
    return isSum && isInterval && ofRow(expression);
  });
  const isRead = within(tree, 'TypeCast').some(
    (cast) => ['timestamptz', 'timestamp', 'date'].includes(typeOf(cast)) && ofRow(cast.arg),
  );
  return isMoved || isRead;
}

function typeOf(cast: Tree): string {
  return namesIn(treeIn(cast, 'typeName') ?? {}, 'names').at(-1) ?? '';
}

/** `… in (select key from …)`, of tables of the same key: each node has the rows of both. */
function isKeyIn({ query: { tree }, named }: Level, { inside }: Level, key: string | null): boolean {
  const targets = treesIn(tree, 'targetList');
  const taken = namesIn(
    treeIn(treeIn(treeIn(targets[0] ?? {}, 'ResTarget') ?? {}, 'val') ?? {}, 'ColumnRef') ?? {},
    'fields',
  ).at(-1);
  const isAsked = inside.length > 0 && named.length > 0 && targets.length === 1 && taken === key;
  return isAsked && named.every(({ table }) => keyColumn(table) === key);
}

function judgeChange(level: Level, isSeveral: boolean, fault: Report): void {
  const { query, named, inside } = level;
  const { kind, tree } = query;
  const [target] = named;
  if (!target) return;
  // Tables that are joined by the key are changed on each node by itself.
  const others = treesIn(tree, 'fromClause').length + treesIn(tree, 'usingClause').length;
  const isByKey = named.length === others + 1 && areJoined(named);
  const isWithin = inside.every(
    (one) => one.inside.length === 0 && isKeyIn(one, level, keyColumn(target.table)),
  );
  if (isSeveral && (!isWithin || (others > 0 && !isByKey))) fault('changes-many-by-join', target.table);
  if (kind === 'UpdateStmt') {
    const set = treesIn(tree, 'targetList').map((one) => textIn(treeIn(one, 'ResTarget') ?? {}, 'name'));
    if (set.includes(keyColumn(target.table))) fault('changes-key', target.table);
  }
  for (const name of calledIn(tree)) if (!immutable.has(name)) fault('unsafe-function', name);
  if (dependsOnTimeZone(tree)) fault('time-zone', target.table);
}

function judgeInsert(level: Level, fault: Report): void {
  const { query, named, inside } = level;
  const [target] = named;
  if (!target) return;
  const column = keyColumn(target.table) ?? '';
  const keys = insertedKeys(query, column);
  const reads = inside.some((one) =>
    allLevels(one).some((part) => part.named.some(({ table }) => isSpread(table))),
  );
  if (reads && keys === null && !inside.every((one) => takesKeyOf(one, query, column)))
    fault('insert-select', target.table);
  const conflict = treeIn(query.tree, 'onConflictClause');
  if (!conflict) return;
  const elements = treesIn(treeIn(conflict, 'infer') ?? {}, 'indexElems').map((one) =>
    textIn(treeIn(one, 'IndexElem') ?? {}, 'name'),
  );
  if (elements.length > 0 && !elements.includes(column)) fault('conflict-without-key', target.table);
  for (const name of calledIn({ conflict })) if (!immutable.has(name)) fault('unsafe-function', name);
  if (dependsOnTimeZone({ conflict })) fault('time-zone', target.table);
  const select = treeIn(treeIn(query.tree, 'selectStmt') ?? {}, 'SelectStmt') ?? {};
  const isSelected = treesIn(select, 'valuesLists').length === 0;
  if (isSelected && !reads && within(conflict, 'ParamRef').length > 0)
    fault('conflict-with-value', target.table);
}

/** Whether what is inserted for the key is the key of the rows that are read. */
function takesKeyOf({ named }: Level, { tree }: Query, column: string): boolean {
  const at = treesIn(tree, 'cols').findIndex(
    (col) => textIn(treeIn(col, 'ResTarget') ?? {}, 'name') === column,
  );
  const select = treeIn(treeIn(tree, 'selectStmt') ?? {}, 'SelectStmt') ?? {};
  const value = treeIn(treeIn(treesIn(select, 'targetList')[at] ?? {}, 'ResTarget') ?? {}, 'val');
  const taken = namesIn(treeIn(value ?? {}, 'ColumnRef') ?? {}, 'fields').at(-1);
  return named.length > 0 && named.every(({ table }) => keyColumn(table) === taken);
}

function functionsCalled(levels: readonly Level[]): readonly string[] {
  return levels.flatMap(({ query }) => calledIn(query.tree));
}

function calledIn(tree: Parameters<typeof within>[0]): readonly string[] {
  return within(tree, 'FuncCall').flatMap((call) => namesIn(call, 'funcname').at(-1) ?? []);
}

function keyOf(table: string): string | null {
  const placement = placements[table];
  return placement?.kind === 'distributed' ? placement.key : null;
}

function isSpread(table: string): boolean {
  return placements[table]?.kind === 'distributed';
}

/** Of the job queues, which are on the coordinator. */
function isOther(table: string): boolean {
  return table.includes('.');
}

function isSystem(table: string): boolean {
  return /^(pg_catalog|information_schema)\.|^pg_/.test(table);
}
