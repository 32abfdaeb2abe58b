import type { SignedIn } from '#src/access/who.ts';
import { type CopyFile, dataExported } from '#src/account/copy/events.ts';
import { gatherData } from '#src/account/copy/gather.ts';
import { jsonCopy } from '#src/account/copy/json.ts';
import { paperCopy } from '#src/account/copy/paper.ts';
import type { PersonalData } from '#src/account/copy/sections.ts';
import { holdingActive } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { atOnce, requiredSelect } from '#src/database/at-once.ts';
import type { Attempt } from '#src/limits/attempt.ts';
import { counting } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { capitalised } from '#src/texts/typography.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import type { FileAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'limits' | 'jobs' | 'pdf' | 'caisses'>;

export type SavedCopy =
  | { readonly kind: 'file'; readonly file: FileAnswer }
  /** Too many were made; the next one from then on. */
  | { readonly kind: 'limited'; readonly until: Date }
  /** The account is no longer as it was read: writing the file takes a while. */
  | { readonly kind: 'gone' };

/**
 * Makes a copy of everything that is kept about the person who is signed in, for them to save. The file is written first;
 * nobody has it without the event and the mail that tell of it. Five a day: each reads all of it.
 */
export async function saveCopy(
  services: Needed,
  { account }: Pick<SignedIn, 'account'>,
  file: CopyFile,
  visit: Pick<Visit, 'voice' | 'serviceName' | 'now'>,
): Promise<SavedCopy> {
  const { db, keyring, limits, jobs } = services;
  const { personKey, contact } = account;
  const { now } = visit;
  const counted: Attempt = { rule: limits.dataCopy, subject: personKey };
  const suspended = await suspendedUntil(db, [counted], now);
  if (suspended) return { kind: 'limited', until: suspended };
  const registered = await findInsured(db, keyring, contact.nir);
  const subject = {
    ...{ nir: contact.nir, keys: personKeys(keyring, contact.nir) },
    ...{ account, insured: registered?.insured ?? null },
  };
  const data = await gatherData(services, subject, now);
  const answer = await written(services, personKey, data, file, visit);
  const notice = changeNotice(services, account, 'data-exported', contact.email, now);
  const details = { by: 'person', file } as const;
  const isRecorded = await atOnce(db, [
    requiredSelect(holdingActive(db, account)),
    counting(db, [counted], now),
    ...(await queueingNotices(db, jobs, [notice])),
    recording(db, dataExported, { person: personKey, actor: { kind: 'person' }, at: now, details }),
  ]);
  if (isRecorded) return { kind: 'file', file: answer };
  const until = await suspendedUntil(db, [counted], now);
  return until ? { kind: 'limited', until } : { kind: 'gone' };
}

async function written(
  { pdf, caisses: { caisses } }: Pick<Services, 'pdf' | 'caisses'>,
  personKey: Buffer,
  data: PersonalData,
  file: CopyFile,
  { voice, serviceName, now }: Pick<Visit, 'voice' | 'serviceName' | 'now'>,
): Promise<FileAnswer> {
  const name = `mes-informations.${file}`;
  if (file === 'json') {
    const content = jsonCopy(data, voice, now);
    return { kind: 'file', type: 'application/json; charset=utf-8', name, content };
  }
  const document = paperCopy(data, { voice, caisses, sender: [capitalised(serviceName)], now });
  const content = await pdf.write(document, { title: document.title, createdAt: now }, personKey);
  if (!content) throw new Overloaded('Too many documents are being written', 'documents');
  return { kind: 'file', type: 'application/pdf', name, content };
}
