import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { recordAll } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { type Batch, type ClaimNeeds, claimBatch, findBatch } from '#src/letters/batch/claim.ts';
import { batchFolder, type Manifest, readManifest, writeBatchFolder } from '#src/letters/batch/files.ts';
import { type RenderNeeds, type RenderOptions, renderBatch } from '#src/letters/batch/render.ts';
import { letterHandedOver } from '#src/letters/events.ts';
import { handOverLetters } from '#src/notices/letters.ts';
import type { Clock } from '#src/time/clock.ts';

type ExportNeeds = ClaimNeeds &
  RenderNeeds & { readonly clock: Clock; readonly policy: RenderOptions['context']['policy'] };

/** Services and settings of an export. */
export interface LetterExport {
  readonly services: ExportNeeds;
  /** Address of the service, without final slash. */
  readonly publicUrl: string;
  /** Return address of undeliverable letters; empty: the address of each caisse. */
  readonly returnAddress: readonly string[];
  /** The envelope of the operator's test letter; empty: no test letter. */
  readonly canaryTo: readonly string[];
  /** Writes the PDF in a separate thread, in a process that also serves requests. */
  readonly write?: RenderOptions['write'];
}

export interface ExportOptions {
  /** The folder in which the batch gets its own folder. */
  readonly folder: string;
  readonly atMost?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExportedBatch {
  readonly number: number;
  readonly folder: string;
  readonly manifest: Manifest;
  /** It was begun by an earlier run. */
  readonly resumed: boolean;
  /** Another run handed the same batch over while this one wrote it: of what both wrote, one is to be printed. */
  readonly isSecondCopy: boolean;
}

export interface ExportOutcome {
  /** Null: nothing was queued. */
  readonly exported: ExportedBatch | null;
  readonly withheld: number;
}

const usualBatchSize = 1_000;

/**
 * Exports one batch: takes the oldest queued letters, writes them for the printer, and records that they were handed
 * over. After an interruption at any point, the next run completes the same batch with the same ids and bytes.
 */
export async function exportLetters(
  exporting: LetterExport,
  { folder, atMost = usualBatchSize, onProgress }: ExportOptions,
): Promise<ExportOutcome> {
  const { services, canaryTo } = exporting;
  const now = services.clock.now();
  const { batch, resumed, withheld } = await claimBatch(
    services,
    { atMost, canary: canaryTo.length > 0 },
    now,
  );
  if (!batch) return { exported: null, withheld };
  const { manifest, isNew } = await writeBatch(exporting, batch, folder, onProgress);
  const isFirst = await services.db
    .transaction()
    .execute((trx) => settle(trx, manifest, services.clock.now()));
  const { number } = batch;
  const isSecondCopy = isNew && !isFirst;
  return {
    exported: { number, folder: join(folder, batchFolder(number)), manifest, resumed, isSecondCopy },
    withheld,
  };
}

/**
 * Writes a batch again: the same letters with the same ids, for a printer that lost its files. Null when no batch has
 * that number; throws once the content of its letters was erased.
 */
export async function exportAgain(
  exporting: LetterExport,
  number: number,
  { folder, onProgress }: ExportOptions,
): Promise<ExportedBatch | null> {
  const { services } = exporting;
  const batch = await findBatch(services.db, number);
  if (!batch) return null;
  const { manifest } = await writeBatch(exporting, batch, folder, onProgress);
  await services.db.transaction().execute((trx) => settle(trx, manifest, services.clock.now()));
  const target = join(folder, batchFolder(number));
  return { number, folder: target, manifest, resumed: true, isSecondCopy: false };
}

/** `isNew`: it was not in the folder. */
async function writeBatch(
  exporting: LetterExport,
  batch: Batch,
  folder: string,
  onProgress: ExportOptions['onProgress'],
): Promise<{ readonly manifest: Manifest; readonly isNew: boolean }> {
  const { services, publicUrl, returnAddress, canaryTo, write } = exporting;
  const target = join(folder, batchFolder(batch.number));
  const readWritten = async () => {
    const manifest = await readManifest(target);
    return manifest?.batch === batch.id ? manifest : null;
  };
  const written = await readWritten();
  if (written) return { manifest: written, isNew: false };
  const { manifest, files } = await renderBatch(services, batch, {
    context: { policy: services.policy, publicUrl, returnAddress, createdAt: batch.createdAt },
    canaryTo,
    ...(write ? { write } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  try {
    await writeBatchFolder(folder, manifest, files);
    return { manifest, isNew: true };
  } catch (error) {
    // Another process may have written the same batch meanwhile.
    const other = await readWritten();
    if (other) return { manifest: other, isNew: false };
    throw error;
  }
}

/**
 * Records, once, that the letters of a batch were handed over, and the pages and checksum of each. False when that was recorded
 * before.
 */
async function settle(trx: Kysely<Database>, manifest: Manifest, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('letter_batch')
    .set({ exported_at: now })
    .where('id', '=', manifest.batch)
    .where('exported_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const letters = await trx
    .selectFrom('letter')
    .select(['person_key', 'id'])
    .where('batch_id', '=', manifest.batch)
    .execute();
  const printed = new Map(manifest.letters.map((letter) => [letter.id, letter]));
  const withDocuments = letters.filter(({ id }) => (printed.get(id)?.enclosures.length ?? 0) > 0);
  for (const { person_key, id } of letters) {
    const { pages, sha256 } = printed.get(id) ?? {};
    if (pages === undefined || sha256 === undefined)
      throw new Error(`Letter ${id} of the batch was not printed`);
    await trx
      .updateTable('letter')
      .set({ pages, sha256: Buffer.from(sha256, 'hex') })
      .where('person_key', '=', person_key)
      .where('id', '=', id)
      .execute();
  }
  await handOverLetters(
    trx,
    letters.map(({ person_key: personKey, id }) => ({ personKey, id })),
    now,
  );
  if (withDocuments.length === 0) return true;
  const events = withDocuments
    .toSorted((a, b) => Buffer.compare(a.person_key, b.person_key))
    .map(({ person_key: person, id: letter }) => {
      const details = { letter, batch: manifest.number, sha256: printed.get(letter)?.sha256 ?? '' };
      return { person, actor: { kind: 'system' }, at: now, details } as const;
    });
  await recordAll(trx, letterHandedOver, events);
  return true;
}
