import type { Config, Secrets } from '#src/config/config.ts';
import type { DatabaseSettings } from '#src/database/open.ts';

/** The options of `openDatabase` for a configuration. */
export function databaseSettings(config: Config, secrets: Secrets): DatabaseSettings {
  return {
    url: secrets.databaseUrl?.reveal() ?? null,
    dataDir: config.database.folder,
    poolSize: config.database.poolSize,
  };
}
