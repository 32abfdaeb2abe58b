import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { JobData, JobName, Jobs } from '#src/jobs/jobs.ts';

/** Runs `adding`: in a transaction, the jobs exist when it commits. */
export async function addJobs<Name extends JobName>(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  name: Name,
  added: readonly JobData[Name][],
): Promise<void> {
  if (added.length > 0) await db.executeQuery((await jobs.adding(name, added)).compile());
}
