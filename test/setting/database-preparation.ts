import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { migrate, readMigrations } from '#src/database/migrate.ts';
import type { OpenDatabase } from '#src/database/open.ts';
import type { Database } from '#src/database/tables.ts';

/** What a test database holds from the start: `bare` our tables only, `queues` those of the jobs as well. */
export type Prepared = 'bare' | 'queues';

/** As an installation has them: who owns the database and migrates it, and who serves from it. Neither is superuser. */
export const roles = { owner: 'compte_test_owner', runtime: 'compte_test_runtime' } as const;

/** A database for one test, opened as the role that serves. */
export interface TestDatabase extends OpenDatabase {
  /** As the role that owns everything: for what no process may do while it serves. */
  asOwner<T>(run: (db: Kysely<Database>) => Promise<T>): Promise<T>;
}

/** Fills an empty database as its owner; what a template is made of. */
export async function prepare({ db }: OpenDatabase, prepared: Prepared): Promise<void> {
  const { grantRuntime } = await import('#src/installation/grants.ts');
  const { prepareDatabase } = await import('#src/installation/prepare.ts');
  if (prepared === 'queues') await prepareDatabase(db, roles.runtime);
  else {
    await migrate(db);
    await grantRuntime(db, roles.runtime, ['public']);
  }
}

/** A name that changes with everything that a template depends on. */
export function templateName(prepared: Prepared | 'classes'): string {
  const root = new URL('../../', import.meta.url);
  const files = [
    'package.json',
    'src/jobs/jobs.ts',
    'src/installation/grants.ts',
    'src/installation/prepare.ts',
  ];
  const sources = files.map((path) => readFileSync(new URL(path, root), 'utf8'));
  const texts = [...readMigrations().map(({ name, text }) => name + text), ...sources];
  return `template_${prepared}_${createHash('sha256').update(texts.join()).digest('hex').slice(0, 16)}`;
}

/** Makes each template once in this process, however many tests ask for it: `others` are always the same. */
export function oncePrepared<T, Others extends readonly unknown[]>(
  make: (prepared: Prepared, ...others: Others) => Promise<T>,
): typeof make {
  const templates = new Map<Prepared, Promise<T>>();
  return (prepared, ...others) => {
    const template = templates.get(prepared) ?? make(prepared, ...others);
    templates.set(prepared, template);
    return template;
  };
}

/** How long a test that has ended may hold a connection: one that failed in the middle may hold it for ever. */
const closingMs = 10_000;

/** Closes a database; after a while `force` does, so that a test that failed does not keep its process from ending. */
export async function closeOrForce(close: () => Promise<void>, force: () => Promise<unknown>): Promise<void> {
  const tooLong = Promise.withResolvers<'held'>();
  const timer = setTimeout(() => tooLong.resolve('held'), closingMs);
  try {
    if ((await Promise.race([close(), tooLong.promise])) !== 'held') return;
    await force();
  } finally {
    clearTimeout(timer);
  }
  throw new Error('A connection to the database was never given back');
}
