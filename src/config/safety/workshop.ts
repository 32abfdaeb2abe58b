import { type AtelierSite, readAtelierSite } from '#src/config/atelier/site.ts';
import type { Decision } from '#src/config/config.ts';
import { readEnvironment } from '#src/config/environment.ts';
import { loadConfiguration } from '#src/config/load.ts';
import type { Random } from '#src/crypto/random.ts';

/** What people choose as passwords is protected as production must. */
const usual = { HASH_MEMORY_KIB: '19456', HASH_PASSES: '2', HASH_MAX_WAIT_MS: '10000' };

const ownDatabases = 'it makes a database for each class, on the server of DATABASE_URL or in their folders';

/** Settings of a demo that would be ignored: a class has a folder of its own, and finds its address itself. */
const ignored = {
  PUBLIC_URL: 'the workshop finds its own address, or has it from ATELIER_PUBLIC_URL',
  DEMO_DATABASE_URL: ownDatabases,
  DEMO_DATABASE_URL_FILE: ownDatabases,
};

export type WorkshopDecision =
  | (Extract<Decision, { ok: true }> & {
      /** Null: a workshop of one trainer on the local network. */ readonly site: AtelierSite | null;
    })
  | Extract<Decision, { ok: false }>;

/**
 * The configuration of a workshop: that of a demo, and refused for the same reasons, but that the room may reach it. It
 * shows mails and letters on pages, so it must never run where there are real people.
 */
export function loadWorkshopConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  random: Random,
): WorkshopDecision {
  const set = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  if (set('MODE') && env.MODE?.trim() !== 'demo')
    return {
      ok: false,
      problems: ['MODE: a workshop holds invented people only and never runs in production: unset MODE'],
    };
  const problems = Object.entries(ignored).flatMap(([name, why]) =>
    set(name) ? [`${name}: is no setting of a workshop: ${why}: unset it`] : [],
  );
  if (problems.length > 0) return { ok: false, problems };
  const reading = readAtelierSite(readEnvironment(env));
  if (!reading.ok) return reading;
  const { site } = reading;
  // Everybody in the room reaches a workshop; a site is reached through the proxy beside it.
  const defaults = { ...usual, HOST: site ? '127.0.0.1' : '0.0.0.0' };
  const own = Object.fromEntries(Object.entries(defaults).filter(([name]) => !set(name)));
  // Nothing is ever kept in the database that it names, and no other of its server is touched but those that were made here.
  const { DATABASE_URL: server, DATABASE_URL_FILE: file, ...others } = env;
  const database = {
    ...(server === undefined ? {} : { DEMO_DATABASE_URL: server }),
    ...(file === undefined ? {} : { DEMO_DATABASE_URL_FILE: file }),
  };
  const decision = loadConfiguration({ ...others, ...own, ...database, DEMO_PUBLIC: 'yes' }, random);
  if (decision.ok) return { ...decision, site };
  return {
    ...decision,
    problems: decision.problems.map((line) => line.replaceAll('DEMO_DATABASE_URL', 'DATABASE_URL')),
  };
}
