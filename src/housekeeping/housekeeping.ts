import { type Kysely, sql } from 'kysely';
import { purgeIdempotency } from '#src/api/idempotency.ts';
import { purgeDrafts } from '#src/archive/draft.ts';
import { purgeDocuments, purgeErased } from '#src/archive/purge.ts';
import { purgeAttestations } from '#src/attestations/purge.ts';
import { purgeAudit } from '#src/audit/purge.ts';
import { sealHeads } from '#src/audit/seal-heads.ts';
import { tellDeposits } from '#src/avis/tell-deposits.ts';
import { purgeCodes } from '#src/codes/purge.ts';
import { purgeConfirmations } from '#src/confirmations/purge.ts';
import { purgeDevices } from '#src/credentials/purge.ts';
import type { Database } from '#src/database/tables.ts';
import { turnDepositMonths } from '#src/depot/months.ts';
import { purgeDossiers } from '#src/dossiers/purge.ts';
import { countRows } from '#src/housekeeping/row-counts.ts';
import { type Counts, type Duty, inParts } from '#src/jobs/duty.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import { deleteOldRuns } from '#src/jobs/runs.ts';
import { purgeLetters } from '#src/letters/purge.ts';
import { remindPending } from '#src/lifecycle/activation-reminders.ts';
import { followDepartures } from '#src/lifecycle/departures.ts';
import { clearExpired, expirePending } from '#src/lifecycle/expire-pending.ts';
import { remindUnusedLetters } from '#src/lifecycle/letter-reminders.ts';
import { deleteUnused, warnUnused } from '#src/lifecycle/unused-accounts.ts';
import { purgeCounters } from '#src/limits/purge.ts';
import { purgeMessages } from '#src/messages/purge.ts';
import { purgeNoticeContents, purgeNotices } from '#src/notices/purge.ts';
import { purgeJourneys } from '#src/oidc/purge.ts';
import { remindUnread } from '#src/paper/remind-unread.ts';
import { sendPaper } from '#src/paper/send-paper.ts';
import { purgeStaged } from '#src/register-import/staging/purge.ts';
import { purgeAssertions } from '#src/senders/purge.ts';
import type { Services } from '#src/services.ts';
import { deleteEndedSessions } from '#src/sessions/purge.ts';
import { instantInParis, parisDay } from '#src/time/paris.ts';
import { purgeTombstones } from '#src/tombstones/purge.ts';

/**
 * The periodic duties, each run by one node at a time: reminders, deadlines and purges. Each has its own run
 * (`compte jobs`), and a failure of one does not stop the others.
 */
export const duties: readonly Duty<Services>[] = [
  {
    name: 'reminders',
    everyMinutes: 5,
    run: async (services, now) => ({ reminded: await remindPending(services, now) }),
  },
  {
    name: 'pending-accounts',
    everyMinutes: 5,
    run: ({ db }, now) =>
      inParts(
        async () => ({ expired: await expirePending(db, now) }),
        async () => ({ cleared: await clearExpired(db, now) }),
      ),
  },
  {
    name: 'links',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeConfirmations(db, now) })),
  },
  {
    name: 'codes',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeCodes(db, now) })),
  },
  {
    name: 'sessions',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({
      sessions: await deleteEndedSessions(db, now),
      devices: await purgeDevices(db, now),
      ...(await purgeJourneys(db, now)),
    })),
  },
  {
    name: 'dossiers',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeDossiers(db, now) })),
  },
  {
    name: 'notice-bodies',
    everyMinutes: 15,
    run: inOneGo(async (db, now) => ({
      erased: await purgeNoticeContents(db, now),
      deleted: await purgeNotices(db, now),
    })),
  },
  {
    name: 'letters',
    everyMinutes: 60,
    run: (services, now) =>
      inParts(
        async () => ({ reminded: await remindUnusedLetters(services, now) }),
        () => inOneGo(async (db) => ({ erased: await purgeLetters(db, now) }))(services, now),
      ),
  },
  {
    name: 'avis',
    everyMinutes: 1,
    run: async (services, now) => ({ told: await tellDeposits(services, now) }),
  },
  {
    name: 'paper',
    everyMinutes: 5,
    run: (services, now) =>
      inParts(
        async () => ({ reminded: await remindUnread(services, now) }),
        async () => ({ ...(await sendPaper(services, now)) }),
      ),
  },
  {
    name: 'attestations',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeAttestations(db, now) })),
  },
  { name: 'deposits', everyMinutes: 60, run: turnDepositMonths },
  { name: 'documents', everyMinutes: 60, run: inOneGo(purgeOldDocuments) },
  {
    name: 'senders',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeAssertions(db, now) })),
  },
  {
    name: 'erasures',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({
      documents: await purgeErased(db, now),
      tombstones: await purgeTombstones(db, now),
    })),
  },
  {
    name: 'register-staging',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ parts: await purgeStaged(db, now) })),
  },
  { name: 'counters', everyMinutes: 60, run: inOneGo(purgeCounters) },
  {
    name: 'api-answers',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeIdempotency(db, now) })),
  },
  {
    name: 'message-drafts',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await purgeDrafts(db, now) })),
  },
  {
    name: 'unused-accounts',
    everyMinutes: 60,
    run: (services, now) =>
      inParts(
        async () => ({ warned: await warnUnused(services, now) }),
        async () => ({ deleted: await deleteUnused(services.db, services.policy.retention, now) }),
      ),
  },
  {
    name: 'departures',
    everyMinutes: 5,
    run: followDepartures,
  },
  {
    name: 'audit',
    everyMinutes: 60,
    run: async ({ db, keyring }, now) => ({ people: await purgeAudit(db, keyring, now) }),
  },
  { name: 'audit-seal', everyMinutes: 5, run: sealTrail },
  {
    name: 'job-runs',
    everyMinutes: 60,
    run: inOneGo(async (db, now) => ({ deleted: await deleteOldRuns(db, now, countRows.name) })),
  },
  countRows,
];

export interface HousekeepingOptions {
  /** Skip the duties that began less than a period ago; without it, all run. */
  readonly onlyDue?: boolean;
  /** Called for each duty that failed; without it, the errors are thrown together once all have run. */
  readonly onFailure?: (duty: string, error: unknown) => void;
  /** What each duty is run within. */
  readonly around?: <T>(duty: string, run: () => Promise<T>) => Promise<T>;
}

/** Runs the duties one after the other. */
export async function runHousekeeping(
  services: Services,
  { onlyDue = false, onFailure, around = (_duty, run) => run() }: HousekeepingOptions = {},
): Promise<void> {
  const errors: unknown[] = [];
  for (const duty of duties) {
    const outcome = await around(duty.name, () => runDuty(services, duty, { onlyDue }));
    if (outcome.kind !== 'failed') continue;
    errors.push(outcome.error);
    onFailure?.(duty.name, outcome.error);
  }
  if (errors.length > 0 && !onFailure) throw new AggregateError(errors, 'Some duties failed');
}

/** Runs in one transaction without a statement timeout: purging a day of a whole country takes longer than a page may. */
function inOneGo(
  run: (db: Kysely<Database>, now: Date, services: Services) => Promise<Counts>,
): Duty<Services>['run'] {
  return (services, now) =>
    services.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx);
      return run(trx, now, services);
    });
}

async function purgeOldDocuments(
  db: Kysely<Database>,
  now: Date,
  { policy }: Pick<Services, 'policy'>,
): Promise<Counts> {
  const { documentMonths } = policy.retention;
  const before = instantInParis(parisDay(now).subtract({ months: documentMonths }));
  return { documents: await purgeDocuments(db, before, now), messages: await purgeMessages(db, before) };
}

/** Fails at each run once the trail was tampered with, until an operator acts: `compte audit verify` says where. */
async function sealTrail({ db, keyring }: Services, now: Date): Promise<Counts> {
  const { sealed, broken } = await sealHeads(db, keyring, now);
  if (broken > 0) throw new Error(`${broken} chains of the audit trail were changed`);
  return { sealed };
}
