import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { envelopeOf } from '#src/codes/rules.ts';
import { codeHash } from '#src/codes/secret.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { LetterExport } from '#src/letters/batch/export.ts';
import { noticeRow, queueNotice } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';

export interface QueuedLetter {
  readonly personKey: Buffer;
  readonly id: string;
  readonly code: string;
  readonly envelope: string;
}

/** A letter with a provisional code to somebody of the catalogue, as asking for one queues it. */
export async function queueCodeLetter(
  services: Services,
  cle: string,
  { code = 'K7M2P9XQT4', days = 21, address = '' } = {},
): Promise<QueuedLetter> {
  const { db, keyring, random, clock, jobs } = services;
  const { line } = personNamed(cle);
  const key = personKey(keyring, line.nir);
  const at = clock.now();
  const deadAt = new Date(at.getTime() + days * 86_400_000);
  const envelope = address || (envelopeOf(line)?.to ?? `${line.birthName}\n1 rue X\n80000 AMIENS`);
  const [id, codeId] = [random.uuid(), random.uuid()];
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('provisional_code')
      .set({ superseded_at: at })
      .where('person_key', '=', key)
      .where('used_at', 'is', null)
      .where('superseded_at', 'is', null)
      .execute();
    await trx
      .insertInto('provisional_code')
      .values({
        person_key: key,
        id: codeId,
        channel: 'letter',
        code_hash: codeHash(keyring, key, codeId, code),
        created_at: at,
        dead_at: deadAt,
        notice_id: id,
      })
      .execute();
    await queueNotice(
      trx,
      jobs,
      noticeRow({
        keyring,
        personKey: key,
        id,
        kind: 'provisional-code-letter',
        language: 'fr',
        content: { envelope, code, until: deadAt.toISOString() },
        recipientKey: null,
        now: at,
      }),
    );
  });
  return { personKey: key, id, code, envelope };
}

/** A letter that tells somebody that an account was opened. */
export async function queueAccountLetter(services: Services, cle: string): Promise<QueuedLetter> {
  const { db, keyring, random, clock, jobs } = services;
  const { line } = personNamed(cle);
  const key = personKey(keyring, line.nir);
  const id = random.uuid();
  const envelope = envelopeOf(line)?.to ?? `${line.birthName}\n1 rue X\n80000 AMIENS`;
  const row = noticeRow({
    keyring,
    personKey: key,
    id,
    kind: 'account-created-letter',
    language: 'en',
    content: { envelope, dispute: 'H4R7W2NKT93C', disputeUntil: '2026-12-01T22:59:59.999Z' },
    recipientKey: null,
    now: clock.now(),
  });
  await db.transaction().execute((trx) => queueNotice(trx, jobs, row));
  return { personKey: key, id, code: '', envelope };
}

/** The operator’s test letter: a third of the drawing, so only where it is looked at. */
export const withCanary = { canaryTo: ['Service courrier', '80000 AMIENS'] } as const;

export function exporting(services: Services, changes: Partial<LetterExport> = {}): LetterExport {
  return {
    services,
    publicUrl: 'https://compte.essai.fr',
    returnAddress: [],
    canaryTo: [],
    ...changes,
  };
}

/** A folder of the test's own. */
export function lettersFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lettres-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What became of the notices, by id. */
export async function noticeStates({ db }: Services): Promise<Map<string, string>> {
  const rows = await db.selectFrom('notice').select(['id', 'state', 'reason']).execute();
  return new Map(rows.map(({ id, state, reason }) => [id, reason ? `${state} ${reason}` : state]));
}
