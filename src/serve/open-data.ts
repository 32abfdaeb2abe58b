import type { Kysely } from 'kysely';
import { loadReference } from '#src/caisses/lookup.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';
import { untilThere } from '#src/database/until-there.ts';
import { enterDatabase, type InstallationIdentity } from '#src/installation/identity.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import type { Foundations } from '#src/serve/foundations.ts';

export interface DataOptions {
  readonly identity: InstallationIdentity;
  /** Whether this process maintains the job queues; others only add jobs. */
  readonly maintainsQueues: boolean;
  /** Aborted when the service no longer waits for the database. */
  readonly abandoned: AbortSignal;
  readonly onAway: (error: unknown) => void;
}

/**
 * Enters the database as soon as it answers: checks that it has every migration and the mode and keys of this
 * installation, then reads the caisses and opens the job queues. Answers the queues.
 */
export async function openData(
  { environment, services, late }: Foundations,
  { identity, maintainsQueues, abandoned, onAway }: DataOptions,
): Promise<Jobs> {
  const { db, events } = services;
  const enter = async (): Promise<Jobs> => {
    await environment.prepare(services, identity);
    await refuseUnprepared(db);
    await enterDatabase(db, identity);
    late.reference = await loadReference(db);
    const { openJobs } = await import('#src/jobs/jobs.ts');
    return openJobs(db, {
      maintain: maintainsQueues,
      onError: (error, job) => events.failed('jobFailed', { job: job ?? 'queues' }, error),
    });
  };
  return untilThere(enter, { abandoned, onAway });
}

async function refuseUnprepared(db: Kysely<Database>): Promise<void> {
  const missing = await pendingMigrations(db);
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.length} migrations: run "compte migrate" as its owner first`,
    );
}
