import { listOf } from '#src/database/plan/split.ts';

/** The table locks of PostgreSQL that statements of migrations take. */
export type LockMode =
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

/** Who waits while a lock is held. */
export const whoWaits: Readonly<Record<LockMode, string>> = {
  'ROW EXCLUSIVE': 'reads and writes go on',
  'SHARE UPDATE EXCLUSIVE': 'reads and writes go on',
  SHARE: 'writes wait',
  'SHARE ROW EXCLUSIVE': 'writes wait',
  'ACCESS EXCLUSIVE': 'reads and writes wait',
};

/**
 * What is done under the lock: nothing that depends on rows, all rows read, an index built, the table written anew, or
 * rows changed, each of which stays locked until the end.
 */
export type Work = 'none' | 'scan' | 'index' | 'rewrite' | 'rows';

/** What a statement does to a table that is in use. */
export interface Effect {
  readonly kind: 'lock';
  readonly table: string;
  readonly mode: LockMode;
  readonly work: Work;
  /** Whether a program of the version before could no longer work: something that it uses is gone or otherwise. */
  readonly contracts: boolean;
  /** Beside what goes on, without a transaction. */
  readonly concurrently?: true;
}

/** Something new, of which nobody knows yet. */
interface Creation {
  readonly kind: 'new';
  /** Null for what is no table. */
  readonly table: string | null;
}

/** A statement that is not understood: the operator has to read it. */
interface Unknown {
  readonly kind: 'unknown';
}

export type StatementEffect = Effect | Creation | Unknown;

const name = String.raw`("?[\w.]+"?)`;
const ifNotExists = '(?:if not exists )?';

/** What a statement, on one line, does to which tables. */
export function effectsOf(statement: string): readonly StatementEffect[] {
  const text = statement.replace(/\$(\w*)\$[\s\S]*\$\1\$/g, "''");
  const found = (pattern: string) => new RegExp(`^${pattern}`, 'i').exec(text);
  const created = found(`create (?:unlogged )?table ${ifNotExists}${name} ?(.*)$`);
  if (created) return creating(created[1], created[2]);
  const index = found(
    `create (?:unique )?index (concurrently )?${ifNotExists}(?:${name} )?on (?:only )?${name}`,
  );
  if (index) {
    const [, concurrently, , table] = index;
    return concurrently
      ? [{ ...lock(table, 'SHARE UPDATE EXCLUSIVE', 'index'), concurrently: true }]
      : [lock(table, 'SHARE', 'index')];
  }
  const altered = found(`alter table (?:if exists )?(?:only )?${name} (.*)$`);
  if (altered) return listOf(altered[2] ?? '').flatMap((action) => effectsOfAction(altered[1], action));
  const trigger = found(`create (?:or replace )?(?:constraint )?trigger .* on ${name}`);
  if (trigger) return [lock(trigger[1], 'SHARE ROW EXCLUSIVE', 'none')];
  const dropped = found(`drop table (?:if exists )?${name}`);
  if (dropped) return [lock(dropped[1], 'ACCESS EXCLUSIVE', 'none', true)];
  const untriggered = found(`drop trigger (?:if exists )?\\w+ on ${name}`);
  if (untriggered) return [lock(untriggered[1], 'ACCESS EXCLUSIVE', 'none', true)];
  const changed = found(`(?:insert into|update(?: only)?|delete from(?: only)?) ${name}`);
  if (changed) return [lock(changed[1], 'ROW EXCLUSIVE', /^insert/i.test(text) ? 'none' : 'rows')];
  if (
    found(
      '(create (or replace )?(function|procedure|type|sequence|schema|extension|statistics)|comment on|grant|revoke|alter function)',
    )
  )
    return [{ kind: 'new', table: null }];
  return [{ kind: 'unknown' }];
}

function lock(table: string | undefined, mode: LockMode, work: Work, contracts = false): Effect {
  return { kind: 'lock', table: bare(table), mode, work, contracts };
}

function bare(table = ''): string {
  return table
    .replaceAll('"', '')
    .replace(/^public\./i, '')
    .toLowerCase();
}

/** A new table locks those that its foreign keys refer to, and the one that it is a partition of. */
function creating(table: string | undefined, definition = ''): readonly StatementEffect[] {
  const referred = [...definition.matchAll(/\breferences "?([\w.]+)"?/gi)].map(([, other]) => other);
  const others = [...new Set(referred)].filter((other) => bare(other) !== bare(table));
  const parent = /^partition of "?([\w.]+)"?/i.exec(definition)?.[1];
  return [
    { kind: 'new', table: bare(table) },
    ...others.map((other) => lock(other, 'SHARE ROW EXCLUSIVE', 'none')),
    ...(parent ? [lock(parent, 'ACCESS EXCLUSIVE', 'none')] : []),
  ];
}

/** Of one action of `alter table`. The first pattern that matches decides. */
const actions: readonly [pattern: RegExp, mode: LockMode, work: Work, contracts: boolean][] = [
  [/^drop column\b|^rename\b|^detach partition\b/i, 'ACCESS EXCLUSIVE', 'none', true],
  [/^drop constraint\b/i, 'ACCESS EXCLUSIVE', 'none', false],
  [/^alter (column )?\S+ (set data )?type\b/i, 'ACCESS EXCLUSIVE', 'rewrite', true],
  [/^alter (column )?\S+ set not null/i, 'ACCESS EXCLUSIVE', 'scan', true],
  [
    /^alter (column )?\S+ (set default|drop default|drop not null|set storage)/i,
    'ACCESS EXCLUSIVE',
    'none',
    false,
  ],
  [/^alter (column )?\S+ set (statistics|\()/i, 'SHARE UPDATE EXCLUSIVE', 'none', false],
  [/^(set|reset) \(/i, 'SHARE UPDATE EXCLUSIVE', 'none', false],
  [/^validate constraint\b/i, 'SHARE UPDATE EXCLUSIVE', 'scan', false],
  [/^add (constraint \S+ )?foreign key\b.*\bnot valid$/i, 'SHARE ROW EXCLUSIVE', 'none', false],
  [/^add (constraint \S+ )?foreign key\b/i, 'SHARE ROW EXCLUSIVE', 'scan', false],
  [/^add (constraint \S+ )?(unique|primary key) using index\b/i, 'ACCESS EXCLUSIVE', 'none', false],
  [/^add (constraint \S+ )?(unique|primary key|exclude)\b/i, 'ACCESS EXCLUSIVE', 'index', false],
  [/^add (constraint \S+ )?check\b.*\bnot valid$/i, 'ACCESS EXCLUSIVE', 'none', false],
  [/^add (constraint \S+ )?check\b/i, 'ACCESS EXCLUSIVE', 'scan', false],
  [/^attach partition\b/i, 'SHARE UPDATE EXCLUSIVE', 'none', false],
  [/^(enable|disable) trigger\b/i, 'SHARE ROW EXCLUSIVE', 'none', false],
];

function effectsOfAction(table: string | undefined, action: string): readonly StatementEffect[] {
  const column =
    /^add (?:column )?(?:if not exists )?(?!constraint\b|foreign\b|unique\b|primary\b|check\b|exclude\b)\S+ (.*)$/i.exec(
      action,
    );
  if (column)
    return [lock(table, 'ACCESS EXCLUSIVE', workOfColumn(column[1] ?? ''), needsValue(column[1] ?? ''))];
  const [known] = actions.filter(([pattern]) => pattern.test(action));
  return known ? [lock(table, known[1], known[2], known[3])] : [{ kind: 'unknown' }];
}

/** A default that each row would get another value of, or a stored expression, is written into every row. */
function workOfColumn(definition: string): Work {
  if (/\bgenerated\b|^(small|big)?serial\b/i.test(definition)) return 'rewrite';
  const value = /\bdefault (.*)$/i.exec(definition)?.[1] ?? '';
  if (/^\w+\(/.test(value) && !/^(now|statement_timestamp|transaction_timestamp)\(\)/i.test(value))
    return 'rewrite';
  if (/\bunique\b|\bprimary key\b/i.test(definition)) return 'index';
  return /\bcheck\b|\breferences\b/i.test(definition) ? 'scan' : 'none';
}

/** Rows that the version before adds have no value for it. */
function needsValue(definition: string): boolean {
  return (
    /\bnot null\b/i.test(definition) && !/\bdefault\b|\bgenerated\b|^(small|big)?serial\b/i.test(definition)
  );
}
