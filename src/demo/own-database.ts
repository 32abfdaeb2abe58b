import { beginSeal } from '#src/audit/seal-heads.ts';
import { fillReference } from '#src/caisses/load.ts';
import { claimDatabase, type InstallationIdentity, refuseOther } from '#src/installation/identity.ts';
import { prepareDatabase } from '#src/installation/prepare.ts';
import type { Services } from '#src/services.ts';

/** Migrates a database of invented people, claims it and loads the caisses; refuses the database of another kind. */
export async function ownDatabase(
  { db, keyring, clock }: Pick<Services, 'db' | 'keyring' | 'clock'>,
  identity: InstallationIdentity,
): Promise<void> {
  await refuseOther(db, identity);
  await prepareDatabase(db, null);
  await claimDatabase(db, identity);
  await beginSeal(db, keyring, clock.now());
  await fillReference(db);
}
