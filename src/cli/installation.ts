import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { databaseSettings } from '#src/config/database-settings.ts';
import { loadConfiguration } from '#src/config/load.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { OpenDatabase } from '#src/database/open.ts';
import { OtherInstallation } from '#src/installation/other-installation.ts';

export interface Configured {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** Runs with the configuration of the environment, or reports all its problems. */
export async function withConfiguration(
  terminal: Terminal,
  run: (configured: Configured) => Promise<ExitCode>,
): Promise<ExitCode> {
  const decision = loadConfiguration(terminal.env, systemRandom);
  return decision.ok ? run(decision) : refuseConfiguration(terminal, decision.problems);
}

/** Runs with the configured database open, and closes it whatever happens. */
export async function withDatabase(
  terminal: Terminal,
  run: (database: OpenDatabase, configured: Configured) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withConfiguration(terminal, async (configured) => {
    const database = await openConfigured(configured);
    try {
      return await run(database, configured);
    } catch (error) {
      if (error instanceof OtherInstallation) return refuseConfiguration(terminal, error.problems);
      throw error;
    } finally {
      await database.close();
    }
  });
}

/** Reports the problems of the configuration, alone or with its database. */
export function refuseConfiguration(terminal: Terminal, problems: readonly string[]): ExitCode {
  terminal.err('compte: the configuration is not usable:');
  for (const problem of problems) terminal.err(`  ${problem}`);
  return exitCodes.configuration;
}

export async function openConfigured({ config, secrets }: Configured): Promise<OpenDatabase> {
  const { openDatabase } = await import('#src/database/open.ts');
  return openDatabase({ ...databaseSettings(config, secrets), patience: 'commands' });
}

/** The same, on a database with every migration and of this installation; otherwise reports why not and fails. */
export async function withMigratedDatabase(
  terminal: Terminal,
  run: (database: OpenDatabase, configured: Configured) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withDatabase(terminal, async (database, configured) => {
    const { pendingMigrations } = await import('#src/database/migrate.ts');
    const missing = await pendingMigrations(database.db);
    if (missing.length > 0) {
      terminal.err(`compte: the database lacks ${missing.length} migrations: run "compte migrate" first`);
      return exitCodes.failed;
    }
    const { enterDatabase, identityOf } = await import('#src/installation/identity.ts');
    await enterDatabase(database.db, identityOf(configured.config, configured.secrets));
    return run(database, configured);
  });
}
