/** Reads the tree of PostgreSQL’s own parser, which is plain JSON. */
export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function treeIn(tree: Tree, name: string): Tree | null {
  const value = tree[name];
  return isTree(value) ? value : null;
}

export function treesIn(tree: Tree, name: string): readonly Tree[] {
  const value = tree[name];
  return Array.isArray(value) ? value.filter(isTree) : [];
}

export function textIn(tree: Tree, name: string): string | null {
  const value = tree[name];
  return typeof value === 'string' ? value : null;
}

/** The names in a list of names: of a function, of a column with its table. */
export function namesIn(tree: Tree, name: string): readonly string[] {
  return treesIn(tree, name).flatMap((part) => textIn(treeIn(part, 'String') ?? {}, 'sval') ?? []);
}

const queries = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'] as const;
export type QueryKind = (typeof queries)[number];

export interface Query {
  readonly kind: QueryKind;
  readonly tree: Tree;
}

/** The query that a node is; null for any other node. */
export function queryOf(node: Tree): Query | null {
  for (const kind of queries) {
    const tree = treeIn(node, kind);
    if (tree) return { kind, tree };
  }
  return null;
}

/** Every node of one kind within a query, without those of the queries inside it. */
export function within(tree: Tree, name: string): readonly Tree[] {
  const found: Tree[] = [];
  walk(tree, (key, value) => {
    if (key === name) found.push(value);
  });
  return found;
}

/** The queries directly inside a query: subqueries, `with` queries, what an insert selects. */
export function inside(tree: Tree): readonly Query[] {
  const found: Query[] = [];
  walk(tree, () => {}, found);
  return found;
}

function walk(tree: Tree, see: (key: string, value: Tree) => void, found: Query[] = []): void {
  for (const [key, value] of Object.entries(tree)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!isTree(one)) continue;
      const kind = queries.find((name) => name === key);
      if (kind) found.push({ kind, tree: one });
      else {
        see(key, one);
        walk(one, see, found);
      }
    }
  }
}
