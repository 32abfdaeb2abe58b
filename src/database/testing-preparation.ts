import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { migrate, readMigrations } from '#src/database/migrate.ts';
import type { OpenDatabase } from '#src/database/open.ts';

/** What a test database holds from the start: `bare` our tables only, `queues` those of the jobs as well. */
export type Prepared = 'bare' | 'queues';

/** Fills an empty database; what a template is made of. */
export async function prepare({ db, pool }: OpenDatabase, prepared: Prepared): Promise<void> {
  await migrate(db);
  if (prepared === 'bare') return;
  const { installJobs } = await import('#src/jobs.ts');
  await installJobs(pool);
}

/** A name that changes with everything that a template depends on. */
export function templateName(prepared: Prepared): string {
  const root = new URL('../../', import.meta.url);
  const sources = ['package.json', 'src/jobs.ts'].map((path) => readFileSync(new URL(path, root), 'utf8'));
  const texts = [...readMigrations().map(({ name, text }) => name + text), ...sources];
  return `template_${prepared}_${createHash('sha256').update(texts.join()).digest('hex').slice(0, 16)}`;
}
