import type { Kysely } from 'kysely';
import type pg from 'pg';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { storedKeys } from '#src/register/store.ts';
import { openRowCopier, type RowCopier } from '#src/register-import/staging/copy-rows.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import {
  currentNames,
  type FindNames,
  type Reading,
  readPart,
} from '#src/register-import/staging/read-part.ts';
import { openRowThreads, type RowThreads } from '#src/register-import/staging/row-threads.ts';
import { openSameInRegister } from '#src/register-import/staging/same-line.ts';
import type { StagedReport } from '#src/register-import/staging/stage-file.ts';
import { notePart, stageRows } from '#src/register-import/staging/staging-tables.ts';

/** How a large file is read by several threads, and copied. PostgreSQL only. */
export interface Bulk {
  readonly pool: pg.Pool;
  readonly threads: number;
}

export interface Staging extends Reading {
  /** Of the import. */
  readonly id: string;
  readonly keyring: Keyring;
  readonly bulk: Bulk | null;
}

/** Writes what was read of a part into the staging tables, in one transaction. */
export type WritePart = () => Promise<StagedReport>;

/** Reads parts: as many at once as it can, to be written in their order. */
export interface Stager {
  readonly atOnce: number;
  read(part: FilePart, digest: Buffer): Promise<WritePart>;
  close(): Promise<void>;
}

/**
 * A first part is read here: most files have no other. From the second on there are threads, if there may be; not while
 * people still have names of older keys, who must be looked up first.
 */
export async function openStager(
  session: Kysely<Database>,
  { id, keyring, bulk, ...reading }: Staging,
): Promise<Stager> {
  const rotating = keyring.versions.length > 1;
  const threaded = rotating ? null : bulk;
  const findNames = rotating ? storedNames(session, keyring) : currentNames(keyring);
  const findSame = await openSameInRegister(session);
  let threads: RowThreads | null = null;
  let copier: RowCopier | null = null;

  async function readHere(part: FilePart, digest: Buffer): Promise<WritePart> {
    const { report, rows } = await readPart(part, reading, keyring, { findNames, findSame });
    return async () => {
      await session.transaction().execute(async (trx) => {
        await stageRows(trx, part.number, rows);
        await notePart(trx, { number: part.number, digest, report });
      });
      return { ...report, before: false };
    };
  }

  async function readThere(
    part: FilePart,
    digest: Buffer,
    { pool, threads: count }: Bulk,
  ): Promise<WritePart> {
    threads ??= openRowThreads(count, keyring, reading, findSame);
    const { report, copy } = await threads.read(part);
    return async () => {
      copier ??= await openRowCopier(pool, id);
      await copier.copy({ number: part.number, digest, report }, copy);
      return { ...report, before: false };
    };
  }

  return {
    atOnce: threaded ? threaded.threads + 2 : 0,
    read: (part, digest) =>
      threaded && part.number > 0 ? readThere(part, digest, threaded) : readHere(part, digest),
    async close() {
      copier?.close();
      await threads?.close();
    },
  };
}

/** While a key is rotated, a person, and their account, may still have the name of an older one: it is kept. */
function storedNames(session: Kysely<Database>, keyring: Keyring): FindNames {
  return async (nirs) => {
    const candidates = new Map(nirs.map((nir) => [nir, personKeys(keyring, nir)]));
    const stored = await storedKeys(session, [...candidates.values()].flat());
    return (nir) => {
      const keys = candidates.get(nir) ?? [];
      const at = Math.max(
        0,
        keys.findIndex((key) => stored.has(key.toString('hex'))),
      );
      const [key, version] = [keys[at], keyring.versions[at]];
      if (!key || version === undefined) throw new Error('A person has no name');
      return { key, version };
    };
  };
}
