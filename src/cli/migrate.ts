import { Option } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { withDatabase } from '#src/cli/installation.ts';
import { exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { systemClock } from '#src/time/clock.ts';

export function addMigrateCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('migrate')
    .description(
      'migrate the database to the version of this program (repeatable; concurrent runs take turns)',
    )
    .option('--dry-run', 'only list the migrations that would run')
    .option('--plan', 'only say what each of them would lock, and for how long')
    .addOption(
      new Option('--distribute <extension>', 'place every table on the nodes of a cluster').choices([
        'citus',
      ]),
    )
    .action(({ dryRun = false, plan, distribute }: { dryRun?: boolean; plan?: true; distribute?: 'citus' }) =>
      run(() => {
        if (distribute) return distributeTables(dryRun);
        return plan ? planMigration() : migrateDatabase(dryRun);
      }),
    );

  function planMigration() {
    return withDatabase(terminal, async ({ db }) => {
      const { pendingMigrations, readMigrations } = await import('#src/database/migrate.ts');
      const { lockTimeout } = await import('#src/database/patience.ts');
      const { describeLock, planMigrations } = await import('#src/database/plan/plan.ts');
      const missing = await pendingMigrations(db);
      const pending = readMigrations().filter(({ name }) => missing.includes(name));
      const planned = await planMigrations(db, pending, () => performance.now());
      for (const { name, outside, locks, unknown } of planned) {
        terminal.out(`${name}: ${outside ? 'a statement at a time' : 'one transaction'}`);
        for (const lock of locks) terminal.out(`  ${describeLock(lock)}`);
        for (const statement of unknown) terminal.out(`  not known, read it: ${statement} …`);
        if (locks.length + unknown.length === 0) terminal.out('  locks nothing that is in use');
      }
      terminal.out(
        planned.length === 0
          ? 'the database is up to date'
          : `a lock that is not had within ${lockTimeout} is let go and tried again; times are those of a sample of the rows, in memory`,
      );
      return exitCodes.done;
    });
  }

  function distributeTables(dryRun: boolean) {
    return withDatabase(terminal, async ({ db }, { config, secrets }) => {
      const { distribute } = await import('#src/cli/spread/distribute.ts');
      const { identityOf, refuseOther } = await import('#src/installation/identity.ts');
      const { openDepositMonths } = await import('#src/depot/months.ts');
      const { loadPolicy } = await import('#src/policy/load.ts');
      await refuseOther(db, identityOf(config, secrets));
      const policy = loadPolicy(config.policy);
      const openMonths = (session: typeof db) =>
        openDepositMonths({ db: session, policy }, systemClock.now());
      return distribute(db, terminal, { dryRun, openMonths }).catch(explain);
    });
  }

  function migrateDatabase(dryRun: boolean) {
    return withDatabase(terminal, async ({ db }, { config, secrets }) => {
      const { pendingMigrations } = await import('#src/database/migrate.ts');
      if (dryRun) {
        const missing = await pendingMigrations(db);
        for (const name of missing) terminal.out(`would run ${name}`);
        if (missing.length === 0) terminal.out('the database is up to date');
        return exitCodes.done;
      }
      const { prepareDatabase } = await import('#src/installation/prepare.ts');
      const { fillReference } = await import('#src/caisses/load.ts');
      const { claimDatabase, identityOf, refuseOther } = await import('#src/installation/identity.ts');
      const { beginSeal } = await import('#src/audit/seal-heads.ts');
      const { openKeyring } = await import('#src/crypto/keyring.ts');
      const identity = identityOf(config, secrets);
      await refuseOther(db, identity);
      const onWait = reportOnce(terminal);
      const ran = await prepareDatabase(db, config.database.runtimeRole, onWait).catch(explain);
      for (const name of ran) terminal.out(`ran ${name}`);
      await claimDatabase(db, identity, () => onWait('the register'));
      await beginSeal(db, openKeyring(secrets.masterKeys.reveal()), systemClock.now());
      if (await fillReference(db)) terminal.out('loaded the caisses and their postal codes');
      terminal.out('the database is up to date');
      return exitCodes.done;
    });
  }
}

/** Reports each lock that a migration waits for, once. */
function reportOnce({ err }: Pick<Terminal, 'err'>): (what: string) => void {
  const reported = new Set<string>();
  return (what) => {
    if (!reported.has(what)) err(`waiting for a lock: ${what}`);
    reported.add(what);
  };
}

/** Explains a refused migration: the role is not the owner of the database. */
function explain(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '42501')
    throw new Error('this role may not change tables: give the DATABASE_URL of the owner of the database', {
      cause: error,
    });
  throw error;
}
