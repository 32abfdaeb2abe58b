import type { Migration } from '#src/database/migrate.ts';
import { type Effect, effectsOf, whoWaits } from '#src/database/plan/effects.ts';
import { statementsOf } from '#src/database/plan/split.ts';

/** Whether a migration says that it runs a statement at a time, as building indexes concurrently needs. */
export function runsOutside({ text }: Pick<Migration, 'text'>): boolean {
  return /^-- outside a transaction\b/.test(text);
}

/** The version since which nothing uses what a migration takes away; null when it takes away nothing. */
function contractsSince({ text }: Pick<Migration, 'text'>): string | null {
  return /^-- contracts: unused since (\d+\.\d+\.\d+)$/m.exec(text)?.[1] ?? null;
}

/**
 * What is wrong with a migration that runs while the version before it serves: one line for each statement. Tables
 * that it makes itself are nobody’s yet.
 */
export function faultsOf(migration: Migration, version: string): readonly string[] {
  const faults: string[] = [];
  const made = new Set<string>();
  const outside = runsOutside(migration);
  const since = contractsSince(migration);
  if (since !== null && !isOlder(since, version))
    faults.push(`it contracts what ${since} left unused, which must be released before ${version}`);
  for (const statement of statementsOf(migration.text))
    for (const effect of effectsOf(statement)) {
      const about = statement.slice(0, 60);
      if (effect.kind === 'new' && effect.table !== null) made.add(effect.table);
      if (effect.kind === 'unknown') faults.push(`${about}: what it locks is not known`);
      if (effect.kind !== 'lock' || made.has(effect.table)) continue;
      const wrong = faultOf(effect, { outside, contracts: since !== null });
      if (wrong) faults.push(`${about}: ${wrong}`);
    }
  return faults;
}

function isOlder(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) < 0;
}

function faultOf(
  { mode, work, contracts, concurrently, table }: Effect,
  marked: { readonly outside: boolean; readonly contracts: boolean },
): string | null {
  if (contracts && !marked.contracts)
    return 'the version before still uses it: expand now, contract a release later (-- contracts: unused since 0.0.0)';
  if (concurrently && !marked.outside) return 'begin the file with -- outside a transaction';
  if (work === 'rewrite') return `${table} would be written anew while ${whoWaits[mode]}`;
  if (work === 'rows')
    return `rows of ${table} would stay locked until the end: change them in a duty, some at a time`;
  if (work === 'index' && !concurrently) return `${whoWaits[mode]}: build the index concurrently`;
  if (work === 'scan' && whoWaits[mode] !== whoWaits['ROW EXCLUSIVE'])
    return `${whoWaits[mode]} while all of ${table} is read: add it not valid, validate it in another file`;
  return null;
}
